import { afterEach, beforeEach, expect, test } from "vitest";
import { PermanentMailError, TemporaryMailError } from "@/lib/mail/sending/outcomes";
import { resendTransport, retryAfter } from "@/lib/mail/sending/resend";
import { type Behaviour, type ResendStandIn, startResendStandIn } from "@/tests/support/resend-stand-in";

let standIn: ResendStandIn;
beforeEach(async () => {
  standIn = await startResendStandIn();
});
afterEach(() => standIn.stop());

const MAIL = {
  to: "zoe@canary.example",
  from: "Letters <letters@letters.test>",
  subject: "Subject",
  html: "<p>Text</p>",
  text: "Text",
  id: "key-1",
  headers: { "Auto-Submitted": "auto-generated" },
};

const transport = (timeoutMs?: number) =>
  resendTransport({ apiKey: "re_test", baseUrl: `${standIn.url}/`, timeoutMs });

const send = async (mail = MAIL, timeoutMs?: number) =>
  (await transport(timeoutMs).send({ mails: [mail], key: mail.id, together: false }))[0];

const sendTogether = (ids: string[], change: { to?: string } = {}) =>
  transport().send({
    mails: ids.map((id) => ({ ...MAIL, ...(id === "b" ? change : {}), id })),
    key: "batch-1",
    together: true,
  });

const failure = async (behaviour: Behaviour, timeoutMs?: number) => {
  standIn.next(behaviour);
  return send(MAIL, timeoutMs).then(
    () => Promise.reject(new Error("was sent")),
    (error: unknown) => error,
  );
};

test("sends a mail with its key and gives the provider's identifier", async () => {
  const delivered = await send();
  expect(delivered).toEqual({ sent: true, providerId: "00000000-0000-4000-8000-000000000001" });
  expect(standIn.calls[0]).toMatchObject({ key: "key-1", authorization: "Bearer re_test" });
  const { id, ...body } = MAIL;
  expect(standIn.accepted).toEqual([{ ...body, tags: [{ name: "mail", value: id }] }]);
});

test("sends one mail for two attempts with one key, and gives the same identifier", async () => {
  const [first, second] = [await send(), await send()];
  expect(second).toEqual(first);
  expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
  expect(standIn.accepted).toHaveLength(1);
});

test("takes a key that was used with another content for a mail that was sent", async () => {
  await send();
  const delivered = await send({ ...MAIL, subject: "Another" });
  expect(delivered).toEqual({ sent: true, providerId: null });
  expect(standIn.accepted).toHaveLength(1);
});

test("sends several mails in one call, and once whatever the number of attempts", async () => {
  const first = await sendTogether(["a", "b", "c"]);
  expect(first.map((one) => one.sent && one.providerId?.slice(-1))).toEqual(["1", "2", "3"]);
  expect(await sendTogether(["a", "b", "c"])).toEqual(first);
  expect(standIn.accepted.map(({ tags }) => tags[0]?.value)).toEqual(["a", "b", "c"]);
  expect(standIn.calls.map(({ path, key }) => `${path} ${key}`)).toEqual(
    Array(2).fill("/emails/batch batch-1"),
  );
  expect(standIn.calls[1]?.body).toBe(standIn.calls[0]?.body);
});

test("lets one bad mail of a call harm no other", async () => {
  const outcomes = await sendTogether(["a", "b", "c"], { to: "nobody" });
  expect(outcomes).toMatchObject([{ sent: true }, { sent: false, code: "validation_error" }, { sent: true }]);
  expect(outcomes[2]).toMatchObject({ providerId: expect.stringMatching(/2$/) });
  expect(JSON.stringify(outcomes)).not.toContain("canary");
});

test("takes a call whose key was used with other mails for one that was accepted", async () => {
  await sendTogether(["a", "b"]);
  expect(await sendTogether(["a"])).toEqual([{ sent: true, providerId: null }]);
  expect(standIn.accepted).toHaveLength(2);
});

test("refuses a whole call as one, and tries it again as one", async () => {
  standIn.next({ status: 422, name: "validation_error" }, { status: 500, name: "internal_server_error" });
  await expect(sendTogether(["a", "b"])).rejects.toBeInstanceOf(PermanentMailError);
  await expect(sendTogether(["a", "b"])).rejects.toMatchObject({ about: "provider" });
});

test.each([
  [{ status: 422, name: "validation_error" }, "validation_error"],
  [{ status: 400, name: "validation_error" }, "validation_error"],
  [{ status: 422, name: "zoe@canary.example is unknown" }, "refused"],
])("gives up for good after %o", async (behaviour, code) => {
  const error = await failure(behaviour);
  expect(error).toBeInstanceOf(PermanentMailError);
  expect(error).toMatchObject({ code });
});

test.each<[Behaviour, string, boolean, number?]>([
  [
    { status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "7" } },
    "rate_limit_exceeded",
    true,
    7,
  ],
  [{ status: 429, name: "rate_limit_exceeded" }, "rate_limit_exceeded", true],
  [{ status: 429, name: "daily_quota_exceeded" }, "daily_quota_exceeded", true, 3_600],
  [{ status: 500, name: "internal_server_error" }, "internal_server_error", false],
  [{ status: 503, page: "<h1>Bad gateway</h1>" }, "application_error", false],
  [{ status: 403, page: "<h1>Please log in</h1>" }, "application_error", false],
  [{ status: 409, name: "concurrent_idempotent_requests" }, "concurrent_idempotent_requests", false],
  [{ status: 401, name: "missing_api_key" }, "missing_api_key", true],
  [{ status: 403, name: "validation_error" }, "validation_error", true],
  [{ status: 422, name: "invalid_from_address" }, "invalid_from_address", true],
  [{ status: 200, page: "<h1>Please log in</h1>" }, "unreachable", false],
  [{ status: 200, page: "{}" }, "unexpected-answer", false],
  ["reset", "unreachable", false],
])(
  "tries again after %o (%s; surely took none: %s)",
  async (behaviour, code, tookNone, retryAfterSeconds) => {
    const error = await failure(behaviour);
    expect(error).toBeInstanceOf(TemporaryMailError);
    expect(error).toMatchObject({ code, tookNone, retryAfterSeconds });
  },
);

test("ends a request that hangs, and tries again", async () => {
  const error = await failure("hang", 300);
  expect(error).toBeInstanceOf(TemporaryMailError);
  expect(error).toMatchObject({ code: "unreachable" });
});

test("keeps what the provider says about an address out of its errors", async () => {
  for (const status of [422, 429, 500]) {
    const error = (await failure({ status, name: "validation_error" })) as Error;
    expect(`${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain("canary");
  }
});

test("tries again when nothing listens", async () => {
  await standIn.stop();
  await expect(send()).rejects.toBeInstanceOf(TemporaryMailError);
  standIn = await startResendStandIn();
});

test("reads Retry-After as seconds and as a date", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  expect(retryAfter("12", now)).toBe(12);
  expect(retryAfter("Mon, 23 Nov 2026 12:00:30 GMT", now)).toBe(30);
  expect(retryAfter("Mon, 23 Nov 2026 11:00:00 GMT", now)).toBe(0);
  expect(retryAfter("999999999", now)).toBe(43_200);
  expect(retryAfter("soon", now)).toBeUndefined();
  expect(retryAfter(undefined, now)).toBeUndefined();
});
