import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readEnv, VARIABLES } from "@/lib/env";
import { PROJECT } from "@/lib/project-folder";
import { commandOf, deployed, settingsOf, variablesIn } from "../support/deployment";

const units = readdirSync(join(PROJECT, "deploy/systemd")).filter((name) => name.endsWith(".service"));
/** What Node, or what starts the program, reads. */
const OTHERS = ["NODE_ENV", "ENV_FILE", "SECRETS_DIR", "DATABASE_HOST", "BACKUP_DIR"];
const unknown = (names: string[]) => names.filter((name) => ![...VARIABLES, ...OTHERS].includes(name));

const filled = (text: string) =>
  variablesIn(
    text
      .replaceAll("CHANGE-ME-KEY", Buffer.alloc(32, 1).toString("base64"))
      .replaceAll("CHANGE-ME", "example"),
  );

describe("the files of deploy/", () => {
  it.each(["env", "owner-env"])("%s names variables that the program reads", (file) => {
    expect(unknown(Object.keys(variablesIn(deployed(file))))).toEqual([]);
  });

  it("env has all that production demands, once it is filled in, and nothing starts before", () => {
    const env = readEnv(filled(deployed("env")));
    expect(env).toMatchObject({ stateDir: "/var/lib/undersigned", trustedProxies: ["127.0.0.1"] });
    expect(env.secondFactorRequired).toBe(true);
    const untouched = () => readEnv(variablesIn(deployed("env")));
    for (const name of [
      "PUBLIC_URL",
      "ADMIN_EMAILS",
      "MAIL_FROM",
      "SMTP_URL",
      "DATABASE_URL",
      "ENCRYPTION_KEY",
    ])
      expect(untouched).toThrow(new RegExp(`${name}: still has the example’s value`));
    expect(() => readEnv({ ...filled(deployed("env")), ...variablesIn(deployed("owner-env")) })).toThrow(
      "DATABASE_URL: still has the example’s value. Replace CHANGE-ME",
    );
  });

  it("README’s third step keeps what sed would read otherwise, and its blocks name nothing that is not set", async () => {
    const readme = readFileSync(join(PROJECT, "README.md"), "utf8");
    const [, real = ""] = readme.split("## Run it for real");
    const blocks = [...(real.split("### With Docker")[0]?.matchAll(/```\n([\s\S]*?)```/g) ?? [])].map(
      ([, block = ""]) => block,
    );
    expect(blocks.join("\n")).not.toMatch(/(?<![$A-Z_"{-])\b(?:REPOSITORY|SITE|SENDER|SMTP|KEY)\b(?![=_])/);
    const named = new Set(
      blocks.flatMap((block) => [...block.matchAll(/\$([A-Z_]+)/g)].map(([, name = ""]) => name)),
    );
    const set = new Set(
      blocks.flatMap((block) => [...block.matchAll(/(?:^|\s)([A-Z_]+)=/gm)].map(([, name = ""]) => name)),
    );
    expect([...named].filter((name) => !set.has(name) && name !== "DATABASE_URL")).toEqual([]);

    const folder = await mkdtemp(join(tmpdir(), "undersigned-readme-"));
    const third = blocks.find((block) => block.startsWith("umask")) ?? "";
    const smtp = "smtps://a%40b:p&w|d\\1@smtp.example.org:465";
    const values = {
      ...{ SITE: "letters.example.org", OWNER: "a&b@example.org", SENDER: "c@example.org", SMTP: smtp },
      ...{ KEY: "a+b/c=", PASSWORD: "pass", OWNER_PASSWORD: "other" },
    };
    execFileSync("sh", ["-euc", third.replaceAll("/etc/undersigned", folder)], {
      cwd: join(PROJECT, "deploy"),
      env: { PATH: process.env.PATH, ...values } as unknown as NodeJS.ProcessEnv,
    });
    const written = variablesIn(readFileSync(join(folder, "env"), "utf8"));
    await rm(folder, { recursive: true });
    expect(written).toMatchObject({
      ...{ PUBLIC_URL: "https://letters.example.org", ADMIN_EMAILS: "a&b@example.org" },
      ...{ SMTP_URL: smtp, ENCRYPTION_KEY: "a+b/c=" },
    });
  });

  it.each(units)("%s runs a program that is there, with variables that are read", (unit) => {
    const files = settingsOf(unit, "EnvironmentFile").map((path) => path.replace("/etc/undersigned/", ""));
    for (const file of files) expect(variablesIn(deployed(file))).not.toEqual({});
    expect(unknown(settingsOf(unit, "Environment").map((line) => line.split("=")[0] ?? ""))).toEqual([]);
    const [, program = ""] =
      commandOf(unit)
        .join(" ")
        .match(/dist\/(\w+)\.js/) ?? [];
    const [first = "", ...rest] = commandOf(unit);
    expect(existsSync(join(PROJECT, first))).toBe(true);
    if (program) expect(existsSync(join(PROJECT, `bin/${program}.ts`))).toBe(true);
    if (program === "command") expect(existsSync(join(PROJECT, `bin/${rest.at(-1)}.ts`))).toBe(true);
    expect(settingsOf(unit, "User")).toEqual(["undersigned"]);
  });

  it("the compose file names variables that the program reads, and all that production demands", () => {
    const [, block = ""] =
      deployed("docker/compose.yaml").match(/x-program:[\s\S]*?environment:\n([\s\S]*?)\n {2}volumes:/) ?? [];
    const named = [...block.matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name = ""]) => name);
    const [, fixed = ""] = deployed("docker/Dockerfile").match(/^ENV (.*)$/m) ?? [];
    const inImage = [...fixed.matchAll(/([A-Z_]+)=/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(unknown([...named, ...inImage])).toEqual([]);
    const values = Object.fromEntries([...named, ...inImage].map((name) => [name, ""]));
    const given = { PUBLIC_URL: "https://a.example", ADMIN_EMAILS: "a@a.example", MAIL_FROM: "a@a.example" };
    const made = {
      DATABASE_URL: "postgresql://a:b@database/c",
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
    };
    const rest = { TRUSTED_PROXIES: "uniquelocal", SMTP_URL: "smtp://a.example", STATE_DIR: "/state" };
    for (const name of Object.keys({ ...given, ...rest })) expect(Object.keys(values)).toContain(name);
    expect(readEnv({ ...given, ...made, ...rest }).publicUrl).toBe("https://a.example");
  });

  it("the image is built of everything that the build reads", () => {
    const included = deployed("docker/Dockerfile.dockerignore").split("\n");
    const [, named = ""] =
      readFileSync(join(PROJECT, "bin/build-stamps.mjs"), "utf8").match(
        /sources: \[\.\.\.EVERYWHERE, ([^\]]+)\]/,
      ) ?? [];
    const sources = [...named.matchAll(/"([^"]+)"/g)].map(([, path = ""]) => path);
    expect(sources).toContain("server");
    const isIn = (path: string) =>
      included.some((line) => line === `!${path}` || path.startsWith(`${line.slice(1)}/`));
    expect(sources.filter((path) => !isIn(path))).toEqual([]);
  });

  it("the proxies add no header, and say nothing that visitors say of themselves", () => {
    for (const file of ["Caddyfile", "docker/Caddyfile", "nginx.conf"]) {
      const told = deployed(file).replaceAll(/^\s*#.*$/gm, "");
      expect(told).not.toMatch(
        /add_header|\bheader\b|referrer-policy|proxy_add_x_forwarded_for|trusted_proxies/i,
      );
    }
    expect(deployed("nginx.conf")).toContain("proxy_set_header X-Forwarded-For $remote_addr;");
  });
});
