import type { FormOutcome } from "@/app/_forms/form-actions";
import { BROKEN_OFF, receiveFile } from "@/app/_forms/receive-file";
import { handleAdminForm } from "@/app/[locale]/admin/handle-admin-form";
import { organiserPath } from "@/app/[locale]/admin/letters/_parts/letter-pages";
import type { Admin } from "@/lib/auth/admin";
import { byAdmin } from "@/lib/auth/context";
import { currentAdmin } from "@/lib/auth/current-admin";
import { type FieldErrors, type FormValues, requestContext } from "@/lib/http/request-context";
import { addPicture } from "@/lib/letters/pictures/add-picture";
import { removePicture } from "@/lib/letters/pictures/remove-picture";
import { LARGEST_PICTURE, MOST_PICTURES, PICTURE_WORDS, pictureMarkdown } from "@/lib/letters/pictures/rules";
import { PictureError } from "@/lib/pictures/re-encode";

type Params = { params: Promise<{ locale: string; slug: string }> };

/** Takes a picture for a letter. Of those who are not signed in no file is read. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { locale, slug } = await params;
  const known = await currentAdmin();
  const { file, form } = known ? await receiveFile(request, "picture") : { file: null, form: request };
  const context = { ...requestContext.getStore(), arrivedAt: performance.now() };
  const page = organiserPath(locale, slug, "pictures");
  return requestContext.run(context, () =>
    handleAdminForm(
      form,
      { locale, page, may: "letter.edit" },
      {
        picture: (admin, values) => add(admin, values, { file, slug }),
        "remove-picture": async (admin, { name = "" }) => {
          await removePicture(byAdmin(admin, new Date()), slug, name);
          return { redirect: page };
        },
      },
    ),
  );
}

type Sent = { file: Uint8Array | null; slug: string };

/** A script gets the line for the text; anybody else the page of all pictures, which shows it. */
async function add(admin: Admin, values: FormValues, { file, slug }: Sent): Promise<FormOutcome> {
  const [alt, caption] = [oneLine(values.alt), oneLine(values.caption)];
  const problem = values.picture === BROKEN_OFF ? "broken" : problemOf(file);
  const errors = { ...(problem ? { picture: [problem] } : {}), ...problemsOf({ alt, caption }) };
  if (!file || Object.keys(errors).length > 0) return { errors };
  try {
    const name = await addPicture(byAdmin(admin, new Date()), slug, { file, alt, caption });
    if (!name) return { errors: { picture: [`tooMany:${MOST_PICTURES}`] }, status: 409 };
    return { answer: { markdown: pictureMarkdown({ name, alt, caption }) }, shown: { added: name } };
  } catch (error) {
    if (error instanceof PictureError) return { errors: { picture: [error.problem] } };
    throw error;
  }
}

const oneLine = (text = "") => text.replace(/[\p{Cc}\s]+/gu, " ").trim();

function problemOf(file: Uint8Array | null): string | null {
  if (!file || file.length === 0) return "required";
  return file.length > LARGEST_PICTURE ? "tooLarge" : null;
}

function problemsOf({ alt, caption }: { alt: string; caption: string }): FieldErrors {
  return {
    ...(alt ? {} : { alt: ["required"] }),
    ...([...alt].length > PICTURE_WORDS.alt ? { alt: [`tooLong:${PICTURE_WORDS.alt}`] } : {}),
    ...([...caption].length > PICTURE_WORDS.caption ? { caption: [`tooLong:${PICTURE_WORDS.caption}`] } : {}),
  };
}
