import { useLocale, useTranslations } from "next-intl";
import { letterLanguage } from "@/app/_components/letter/letter-language";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { ReachFields, type TeamLetter } from "@/app/[locale]/admin/_parts/account/reach-fields";
import { RoleField } from "@/app/[locale]/admin/_parts/account/role-field";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { TeamMember } from "@/lib/auth/team/team-members";
import { publicId } from "@/lib/http/public-ids";

type Props = {
  members: TeamMember[];
  letters: TeamLetter[];
  action: string;
  /** Whether the owner's second factor was proved just now. */
  confirmed: boolean;
};

/** The administrators, each with role and second factor, and what an owner can change. */
export function TeamList({ members, ...rest }: Props) {
  return (
    <ul className="rows team">
      {members.map((member) => (
        <Member key={member.address} member={member} {...rest} />
      ))}
    </ul>
  );
}

function Member({ member, letters, action, confirmed }: Omit<Props, "members"> & { member: TeamMember }) {
  const t = useTranslations("account");
  const { address, role, configured, passkeys, signedInAt } = member;
  return (
    <li>
      <div className="line">
        <strong>
          <bdi dir="ltr">{address}</bdi>
        </strong>
        <p>{t(`roles.choice.${role}`)}</p>
        {member.letters && <Reach ids={member.letters} letters={letters} />}
      </div>
      <p className="note">
        {t("team.passkeys", { count: passkeys })}{" "}
        {signedInAt && t.rich("team.signedIn", { time: () => <When at={signedInAt} /> })}{" "}
        {configured && t("team.configured")}
      </p>
      {confirmed && !configured && <Changes {...{ member, letters, action }} />}
    </li>
  );
}

/** The letters that a role is for. */
function Reach({ ids, letters }: { ids: string[]; letters: TeamLetter[] }) {
  const t = useTranslations("account.reach");
  const locale = useLocale();
  const named = letters.filter(({ id }) => ids.includes(id));
  return (
    <ul className="reach" aria-label={t("label")}>
      {named.map(({ id, title, textLocale }) => (
        <li key={publicId(id)} {...letterLanguage(textLocale, locale)}>
          {title}
        </li>
      ))}
    </ul>
  );
}

type ChangesProps = { member: TeamMember; letters: TeamLetter[]; action: string };

function Changes({ member: { id, address, role, letters: reach }, letters, action }: ChangesProps) {
  const t = useTranslations("account.team");
  const name = id ? publicId(id) : "";
  const [change, remove] = [`changeRole.${name}`, `removeAdmin.${name}`];
  return (
    <details open={Boolean(formState(change) ?? formState(remove))}>
      <summary>
        {t("change")} <bdi className="visually-hidden">{address}</bdi>
      </summary>
      <Form id={change} action={action} initial={formState(change)} className="form">
        <RoleField initial={role} />
        {letters.length > 0 ? (
          <ReachFields letters={letters} initial={reach} />
        ) : (
          <input type="hidden" name="reach" value="ALL" />
        )}
        <button className="button" data-quiet type="submit">
          {t("changeRole")}
        </button>
      </Form>
      <Form id={remove} action={action} initial={formState(remove)} className="admin-buttons">
        <p className="note">{t("removeHint")}</p>
        <button className="button" data-quiet type="submit">
          {t("remove")}
        </button>
      </Form>
    </details>
  );
}
