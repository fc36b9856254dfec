import { useTranslations } from "next-intl";
import { FileField } from "@/app/_components/fields/file-field";
import { TextField } from "@/app/_components/fields/text-field";
import { formState } from "@/app/_forms/form-state";
import { PictureForm } from "@/app/[locale]/admin/site/_parts/picture-form";
import type { Site } from "@/lib/site/rules";

/** Asks for the organiser's picture and its words; where there is one, either alone can be changed. */
export function LogoForm({ site: { logo, organiserName }, action }: { site: Site; action: string }) {
  const t = useTranslations("setup.logo");
  return (
    <PictureForm id="logo" action={action} initial={formState("logo")} required={!logo}>
      <FileField
        name="logo"
        label={t(logo ? "replace" : "file")}
        hint={t("fileHint")}
        optional={logo !== null}
        accept="image/png,image/jpeg,image/webp"
      />
      <TextField
        name="logoAlt"
        label={t("alt")}
        hint={t("altHint")}
        defaultValue={logo?.alt ?? organiserName}
      />
      <button className="button" data-quiet type="submit">
        {t("submit")}
      </button>
    </PictureForm>
  );
}
