import { useTranslations } from "next-intl";
import type { Device } from "@/lib/auth/device";

export function useDeviceWords(): (device: Device) => string {
  const t = useTranslations("account.device");
  return ({ browser, system }) => {
    if (browser && system) return t("both", { browser, system });
    return browser ?? system ?? t("unknown");
  };
}
