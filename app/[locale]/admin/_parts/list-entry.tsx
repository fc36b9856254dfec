import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import { publicId } from "@/lib/http/public-ids";

type Props = {
  list: "blocks" | "watching";
  by: string;
  createdAt: Date;
  text: string | null;
  children: ReactNode;
};

/** One entry of a list that administrators keep: what it is, what they wrote about it, who made it and when. */
export function ListEntry({ list, by, createdAt, text, children }: Props) {
  const t = useTranslations(`lists.${list}`);
  const made = { time: () => <When at={createdAt} />, who: () => <bdi dir="ltr">{by}</bdi> };
  return (
    <li>
      <div className="line">{children}</div>
      {text && (
        <p>
          <bdi>{text}</bdi>
        </p>
      )}
      <p className="note">{t.rich("made", made)}</p>
    </li>
  );
}

type RemoveProps = {
  action: string;
  id: string;
  words: string;
  /** Says which entry, for those who do not see where the button stands. */
  label: string;
};

export function RemoveForm({ action, id, words, label }: RemoveProps) {
  const form = `remove.${publicId(id)}`;
  return (
    <Form id={form} action={action} initial={formState(form)}>
      <button className="admin-link" type="submit" aria-label={label}>
        {words}
      </button>
    </Form>
  );
}
