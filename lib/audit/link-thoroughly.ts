import { LATE_LINKS } from "@/lib/audit/late-links";
import { linkPage, type Place } from "@/lib/audit/link-entries";
import { linkedUntil, noteLinkedUntil } from "@/lib/audit/queries";
import { writeAudit } from "@/lib/audit/write-audit";
import { db } from "@/lib/db/client";
import { log } from "@/lib/ops/log/log";

/** Entries are linked within seconds while a worker runs. */
const LATE_MS = 15 * 60_000;
/** Entries are committed within seconds of the time that they bear; the next walk looks at these once more. */
const AGAIN_MS = 3_600_000;
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Walks through the log from where the last walk found everything linked, and links what is not, page by
 * page. Each page is one short transaction; after a failure the walk goes on where it was. The audit log says
 * what was linked late: either no worker was running, or somebody took links away to hide what they deleted.
 */
export class ThoroughWalk {
  readonly #pageSize: number | undefined;
  #after: Place | undefined;
  #begun: Date | undefined;
  #late = 0;
  /** How many entries it has linked. */
  linked = 0;

  constructor(pageSize?: number) {
    this.#pageSize = pageSize;
  }

  /** @returns whether there is more to do */
  async step(now: Date): Promise<boolean> {
    await this.#begin(now);
    const page = await linkPage(this.#after, this.#pageSize);
    if (!page) return true;
    const late = now.getTime() - LATE_MS;
    this.#late += page.linked.filter((at) => at.getTime() < late).length;
    this.linked += page.linked.length;
    if (page.next) this.#after = page.next;
    else await this.#end(now);
    return page.next !== null;
  }

  async #begin(now: Date): Promise<void> {
    if (this.#begun) return;
    const until = await linkedUntil();
    this.#after = until ? { at: until, id: FIRST } : undefined;
    this.#begun = now;
  }

  async #end(now: Date): Promise<void> {
    if (this.#late > 0) await this.#tell(now);
    await noteLinkedUntil(new Date((this.#begun ?? now).getTime() - AGAIN_MS));
  }

  async #tell(now: Date): Promise<void> {
    const details = { entries: this.#late };
    await writeAudit(db, { at: now, actor: "SYSTEM", action: LATE_LINKS, details });
    this.#late = 0;
    log.warn("audit entries were linked late", details);
  }
}
