import { useTranslations } from "next-intl";
import { TextField } from "@/app/_components/fields/text-field";
import { Form } from "@/app/_forms/form";
import { formState } from "@/app/_forms/form-state";
import { When } from "@/app/[locale]/admin/_parts/when";
import type { OwnPasskey } from "@/lib/auth/passkeys/own-passkeys";
import { publicId } from "@/lib/http/public-ids";

type Props = {
  passkeys: OwnPasskey[];
  action: string;
  /** Whether the second factor was proved just now. */
  confirmed: boolean;
};

/** An administrator's own passkeys, each to be renamed, or removed after a fresh proof. */
export function PasskeyList({ passkeys, action, confirmed }: Props) {
  return (
    <ul className="rows">
      {passkeys.map((passkey) => (
        <Passkey key={publicId(passkey.id)} passkey={passkey} action={action} confirmed={confirmed} />
      ))}
    </ul>
  );
}

function Passkey({ passkey, action, confirmed }: Omit<Props, "passkeys"> & { passkey: OwnPasskey }) {
  const t = useTranslations("account.passkeys");
  const { id, name, createdAt, usedAt } = passkey;
  const [rename, remove] = [`renamePasskey.${publicId(id)}`, `removePasskey.${publicId(id)}`];
  const opened = formState(rename) ?? formState(remove);
  return (
    <li>
      <div className="line">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <p className="note">
          {t.rich("added", { time: () => <When at={createdAt} /> })}{" "}
          {usedAt && t.rich("used", { time: () => <When at={usedAt} /> })}
        </p>
      </div>
      <details open={Boolean(opened)}>
        <summary>
          {t(confirmed ? "change" : "renameOnly")} <bdi className="visually-hidden">{name}</bdi>
        </summary>
        <Form id={rename} action={action} initial={formState(rename)} className="form">
          <TextField
            name="passkeyName"
            label={t("name")}
            width="medium"
            autoComplete="off"
            defaultValue={name}
          />
          <button className="button" data-quiet type="submit">
            {t("rename")}
          </button>
        </Form>
        {confirmed && (
          <Form id={remove} action={action} initial={formState(remove)} className="admin-buttons">
            <p className="note">{t("removeHint")}</p>
            <button className="button" data-quiet type="submit">
              {t("remove")}
            </button>
          </Form>
        )}
      </details>
    </li>
  );
}
