import { Gauge, type Registry } from "prom-client";
import { within } from "@/lib/http/deadline";
import { auditChain, circuits, mailOutcomes, queueDepths, signatureCounts } from "@/lib/ops/metrics/queries";
import { traces } from "@/lib/signatures/erasure/queries";
import { type LimitsReached, limitsReached } from "@/lib/signatures/limits-reached";

/** All that the database is asked must be answered in this time, in milliseconds. */
const PATIENCE_MS = 3_000;

/** Reads what all processes share from the database; says only that it cannot be reached where it cannot. */
export async function addDatabaseGauges(register: Registry): Promise<void> {
  const gauge = gaugesOf(register);
  const up = gauge("database_up", "Whether the database could be read.", []);
  try {
    const read = Promise.all([
      signatureCounts(),
      queueDepths(),
      mailOutcomes(),
      circuits(),
      auditChain(),
      limitsReached(new Date()),
      traces(),
    ]);
    fill(gauge, await within(PATIENCE_MS, read));
    up.set(1);
  } catch {
    up.set(0);
  }
}

type MakeGauge = ReturnType<typeof gaugesOf>;
type Read = [
  Awaited<ReturnType<typeof signatureCounts>>,
  Awaited<ReturnType<typeof queueDepths>>,
  Awaited<ReturnType<typeof mailOutcomes>>,
  Awaited<ReturnType<typeof circuits>>,
  Awaited<ReturnType<typeof auditChain>>,
  LimitsReached,
  Awaited<ReturnType<typeof traces>>,
];

function gaugesOf(register: Registry) {
  return <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Gauge({ name: `undersigned_${name}`, help, labelNames, registers: [register] });
}

function fill(gauge: MakeGauge, [signatures, queues, mails, gates, chain, limits, erased]: Read): void {
  const states = gauge("signatures", "Signatures by state and hold.", ["state", "hold"]);
  for (const { count, ...labels } of signatures) states.set(labels, count);
  const depth = gauge("queue_jobs", "Jobs by queue and state.", ["queue", "state"]);
  const age = gauge("queue_oldest_due_seconds", "Age of the oldest job that is due.", ["queue", "state"]);
  for (const { queue, state, ...values } of queues) {
    depth.set({ queue, state }, values.count);
    if (state !== "failed") age.set({ queue, state }, values.age);
  }
  const outcomes = gauge("mails", "Mails of the last day by message and outcome.", [
    "message",
    "status",
    "error",
  ]);
  for (const { count, ...labels } of mails) outcomes.set(labels, count);
  const open = gauge("mail_circuit_open", "Whether the provider is left alone.", ["provider"]);
  const failures = gauge("mail_failures_in_a_row", "Failures since the last success.", ["provider"]);
  for (const { provider, ...circuit } of gates) {
    open.set({ provider }, circuit.open ? 1 : 0);
    failures.set({ provider }, circuit.failures);
  }
  gauge("audit_chain_head", "Number of the newest link.", []).set(chain.head);
  gauge("audit_unlinked_entries", "Entries that wait to be linked.", []).set(chain.waiting);
  gauge("audit_unlinked_oldest_seconds", "Age of the oldest of these.", []).set(chain.age);
  gauge("erasures_with_traces", "Erasures whose data are still in the database's files.", []).set(
    erased.waiting,
  );
  gauge("erasures_with_traces_oldest_seconds", "Age of the oldest of these.", []).set(erased.age);
  gauge("erasures_not_noted", "Erasures that the file outside the database lacks.", []).set(erased.unnoted);
  gauge("clearing_traces_failed", "Whether the last attempt to take them out failed.", []).set(
    erased.problem ? 1 : 0,
  );
  fillLimits(gauge, limits);
}

function fillLimits(gauge: MakeGauge, { signings, letterIds, held, domains, waiting }: LimitsReached): void {
  const reached = gauge("limit_reached", "How many limits of a kind are reached now.", ["limit"]);
  reached.set({ limit: "signings" }, signings ? 1 : 0);
  reached.set({ limit: "signings_of_letter" }, letterIds.length);
  reached.set({ limit: "unchecked_mails" }, held.uncheckedSpent ? 1 : 0);
  reached.set({ limit: "mails_of_domain" }, domains.length);
  reached.set({ limit: "unchecked_signatures" }, waiting.count >= waiting.most ? 1 : 0);
  const mails = gauge("held_mails", "Mails that wait for a limit.", ["unchecked"]);
  mails.set({ unchecked: "no" }, held.checked);
  mails.set({ unchecked: "yes" }, held.unchecked);
  gauge(
    "unchecked_signatures_waiting",
    "Unconfirmed ones without the proof of work that was wanted.",
    [],
  ).set(waiting.count);
}
