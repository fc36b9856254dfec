import { describe, expect, it } from "vitest";
import { admit } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import type { Device } from "@/lib/auth/device";
import { grantAdmin } from "@/lib/auth/grant-admin";
import { endOtherSessions, endOwnSession, ownSessions } from "@/lib/auth/own-sessions";
import { revokeAdmin } from "@/lib/auth/revoke-admin";
import { resumeSession } from "@/lib/auth/sessions";
import { changeRole } from "@/lib/auth/team/change-role";
import { inviteAdmin } from "@/lib/auth/team/invite-admin";
import { removeAdmin } from "@/lib/auth/team/remove-admin";
import { teamMembers } from "@/lib/auth/team/team-members";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { makePreviewLink } from "@/lib/letters/previews/make-preview-link";
import { draftBehind } from "@/lib/letters/previews/queries";
import { lastActions } from "@/lib/moderation/history";
import { sessionOf } from "../support/admin-sessions";
import { later, NOW, openLetter } from "../support/letters";
import { freshModerator, moderator } from "../support/moderators";

const code = (text: string) => ({ code: text });

const session = (adminId: string, device?: Device) => sessionOf(adminId, NOW, device);

const audited = (action: string, adminId: string) =>
  db.auditEntry.count({ where: { action, adminId, actor: "ADMIN" } });

describe("an owner", () => {
  it("invites, changes a role and removes, and each takes effect at once", async () => {
    const admin = await freshModerator("owner@example.org", "OWNER");
    await inviteAdmin({ admin, address: "New@Example.ORG", role: "READER", now: NOW });
    const member = await admit("new@example.org", NOW);
    expect(member).toMatchObject({ role: "READER" });
    const id = member?.id ?? "";
    const token = await session(id);
    await changeRole({ admin, id, role: "MODERATOR", now: NOW });
    expect(await admit("new@example.org", NOW)).toMatchObject({ role: "MODERATOR" });
    expect(await resumeSession(token, later(1))).toBeNull();
    const next = await session(id);
    await removeAdmin({ admin, id, now: NOW });
    expect(await admit("new@example.org", NOW)).toBeNull();
    expect(await resumeSession(next, later(1))).toBeNull();
    for (const action of ["admin.grant", "admin.role", "admin.revoke"])
      expect(await audited(action, admin.id), action).toBe(1);
    const told = (await lastActions(admin, 50)).filter(({ by, subject }) => by === admin.address && subject);
    expect(told.map(({ action, subject }) => `${action} ${subject}`).sort()).toEqual([
      "admin.grant new@example.org",
      "admin.revoke new@example.org",
      "admin.role new@example.org",
    ]);
  });

  it("ends the links to drafts of whoever may no longer edit their letter, and no others", async () => {
    const admin = await freshModerator("owner@example.org", "OWNER");
    const [one, two] = [await openLetter(), await openLetter()];
    const change = async (id: string, role: "EDITOR" | "MODERATOR", letters: string[] | null) =>
      changeRole({ admin, id, role, letters, now: NOW });
    const writer = await moderator("writer@example.org", "EDITOR");
    const links: string[] = [];
    for (const { slug } of [one, two]) links.push(await makePreviewLink(byAdmin(writer, NOW), slug, 7));
    const others = await makePreviewLink(byAdmin(admin, NOW), one.slug, 7);
    const behind = async () =>
      Promise.all([...links, others].map(async (link) => (await draftBehind(db, link, later(1)))?.is));
    await change(writer.id, "EDITOR", [two.id, one.id]);
    expect(await behind()).toEqual(["open", "open", "open"]);
    await change(writer.id, "EDITOR", [two.id]);
    expect(await behind()).toEqual(["revoked", "open", "open"]);
    await change(writer.id, "MODERATOR", null);
    expect(await behind()).toEqual(["revoked", "revoked", "open"]);

    for (const name of ["lowered", "removed", "revoked"]) {
      const member = await moderator(`${name}@example.org`, "EDITOR");
      const link = await makePreviewLink(byAdmin(member, NOW), one.slug, 1);
      if (name === "lowered") await grantAdmin("lowered@example.org", NOW, "READER");
      if (name === "removed") await removeAdmin({ admin, id: member.id, now: NOW });
      if (name === "revoked") await revokeAdmin("revoked@example.org", NOW);
      expect(await draftBehind(db, link, later(1)), name).toEqual({ is: "revoked" });
    }
    const noted = { action: "letter.preview-revoked", letterId: one.id };
    expect(await db.auditEntry.count({ where: noted })).toBe(4);
  });

  it("cannot invite an administrator, nor touch one of the configuration, nor one who is none", async () => {
    const admin = await freshModerator("owner@example.org", "OWNER");
    const invite = (address: string) => inviteAdmin({ admin, address, role: "OWNER", now: NOW });
    await moderator("there@example.org");
    await expect(invite("there@example.org")).rejects.toMatchObject(code("conflict"));
    await expect(invite("admin@example.org")).rejects.toMatchObject(code("conflict"));
    await expect(invite("nobody")).rejects.toMatchObject(code("invalid"));
    await grantAdmin("admin@example.org", NOW, "READER");
    const configured = (await admit("admin@example.org", NOW))?.id ?? "";
    const change = changeRole({ admin, id: configured, role: "MODERATOR", now: NOW });
    await expect(change).rejects.toMatchObject(code("forbidden"));
    await expect(removeAdmin({ admin, id: configured, now: NOW })).rejects.toMatchObject(code("forbidden"));
    const { id } = await moderator("former@example.org");
    await revokeAdmin("former@example.org", NOW);
    await expect(removeAdmin({ admin, id, now: NOW })).rejects.toMatchObject(code("not-found"));
  });

  it("sees everybody with role and origin", async () => {
    const admin = await freshModerator("owner@example.org", "OWNER");
    const members = await teamMembers(admin);
    expect(members[0]).toMatchObject({ address: "admin@example.org", role: "OWNER", configured: true });
    expect(members).toContainEqual(
      expect.objectContaining({ address: "owner@example.org", role: "OWNER", configured: false }),
    );
    expect(members.some(({ address }) => address === "former@example.org")).toBe(false);
  });
});

describe.each(["MODERATOR", "READER"] as const)("a %s", (role) => {
  it("cannot see or change the team, not even themselves", async () => {
    const admin = await freshModerator(`${role.toLowerCase()}@example.org`, role);
    const forbidden = code("forbidden");
    const id = admin.id;
    await expect(teamMembers(admin)).rejects.toMatchObject(forbidden);
    const invite = inviteAdmin({ admin, address: "x@example.org", role: "OWNER", now: NOW });
    await expect(invite).rejects.toMatchObject(forbidden);
    await expect(changeRole({ admin, id, role: "OWNER", now: NOW })).rejects.toMatchObject(forbidden);
    await expect(removeAdmin({ admin, id, now: NOW })).rejects.toMatchObject(forbidden);
    expect(await admit(admin.address, NOW)).toMatchObject({ role });
  });
});

describe("the last owner", () => {
  it("stays, also when two owners demote each other at once", async () => {
    const configured = env().adminEmails.splice(0);
    await db.admin.updateMany({ where: { role: "OWNER" }, data: { granted: false } });
    const [one, two] = [
      await freshModerator("one@example.org", "OWNER"),
      await freshModerator("two@example.org", "OWNER"),
    ];
    for (let round = 0; round < 20; round++) {
      const acts = [
        changeRole({ admin: one, id: two.id, role: "READER", now: NOW }),
        round % 2
          ? removeAdmin({ admin: two, id: one.id, now: NOW })
          : changeRole({ admin: two, id: one.id, role: "READER", now: NOW }),
      ];
      await Promise.allSettled(acts);
      expect(await db.admin.count({ where: { granted: true, role: "OWNER" } })).toBe(1);
      await db.admin.updateMany({
        where: { id: { in: [one.id, two.id] } },
        data: { granted: true, role: "OWNER" },
      });
    }
    await removeAdmin({ admin: one, id: two.id, now: NOW });
    const last = changeRole({ admin: one, id: one.id, role: "READER", now: NOW });
    await expect(last).rejects.toMatchObject(code("last"));
    await expect(removeAdmin({ admin: one, id: one.id, now: NOW })).rejects.toMatchObject(code("last"));
    env().adminEmails.push(...configured);
  });
});

describe("one's own sessions", () => {
  it("are listed with their device, and end one by one or all others at once", async () => {
    const admin = await moderator("many@example.org");
    const device = { browser: "Firefox", system: "Linux" };
    const tokens = [await session(admin.id, device), await session(admin.id), await session(admin.id)];
    const listed = await ownSessions(admin, later(1));
    expect(listed).toHaveLength(3);
    expect(listed.map((each) => each.device)).toContainEqual(device);
    const [first, second, third] = await Promise.all(tokens.map((token) => resumeSession(token, later(1))));
    await endOwnSession(admin, first?.id ?? "", later(1));
    expect(await resumeSession(tokens[0] ?? "", later(1))).toBeNull();
    await endOtherSessions(admin, third?.id ?? "", later(1));
    expect((await ownSessions(admin, later(1))).map(({ id }) => id)).toEqual([third?.id]);
    expect(second).not.toBeNull();
    expect(await audited("admin.end-sessions", admin.id)).toBe(2);
  });

  it("are nobody else's to see or end", async () => {
    const [admin, other] = [await moderator("a@example.org"), await moderator("b@example.org", "OWNER")];
    const token = await session(admin.id);
    const { id = "" } = (await resumeSession(token, later(1))) ?? {};
    await endOwnSession(other, id, later(1));
    expect(await ownSessions(other, later(1))).toEqual([]);
    expect(await resumeSession(token, later(1))).not.toBeNull();
  });
});
