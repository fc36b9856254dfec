import { useTranslations } from "next-intl";
import { AddPasskey } from "@/app/[locale]/admin/_parts/account/add-passkey";
import { useDeviceWords } from "@/app/[locale]/admin/_parts/account/device-words";
import { PasskeyList } from "@/app/[locale]/admin/_parts/account/passkey-list";
import type { Device } from "@/lib/auth/device";
import type { OwnPasskey } from "@/lib/auth/passkeys/own-passkeys";

type Props = {
  passkeys: OwnPasskey[];
  action: string;
  device: Device;
  /** Whether the second factor was proved just now. */
  confirmed: boolean;
};

export function PasskeySection({ passkeys, action, device, confirmed }: Props) {
  const t = useTranslations("account.passkeys");
  const words = useDeviceWords();
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{t("title")}</h2>
      {passkeys.length === 0 && <p>{t("none")}</p>}
      <PasskeyList passkeys={passkeys} action={action} confirmed={confirmed} />
      {confirmed && (
        <>
          <h2>{t("another")}</h2>
          <AddPasskey action={action} name={words(device)} />
        </>
      )}
    </section>
  );
}
