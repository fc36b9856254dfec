import { writeNetworkCode } from "@/lib/bulk/condition-fields";
import { boxName, type Conditions } from "@/lib/bulk/schemas";
import type { FormValues } from "@/lib/http/request-context";

/** What the form of conditions holds when they are to be changed. */
export function formValuesOf(conditions: Conditions): FormValues {
  const boxes = (group: Parameters<typeof boxName>[0], values: readonly string[]) =>
    values.map((value) => [boxName(group, value), "on"]);
  const { letterId, domains, networks, from, until, text } = conditions;
  return {
    letter: letterId,
    domains: domains.join("\n"),
    networks: networks.map(writeNetworkCode).join(" "),
    from: from?.slice(0, 16) ?? "",
    until: until?.slice(0, 16) ?? "",
    text: text ?? "",
    ...Object.fromEntries([
      ...boxes("state", conditions.states),
      ...boxes("flag", conditions.flags),
      ...boxes("quarantine", conditions.quarantines),
    ]),
  };
}
