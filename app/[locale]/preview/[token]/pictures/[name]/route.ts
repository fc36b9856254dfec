import { pictureAnswer } from "@/app/_components/letter/picture-answer";
import { readPreviewPicture } from "@/lib/letters/pictures/read-picture";

type Params = { params: Promise<{ token: string; name: string }> };

/** A picture of a draft, for anyone who holds the link. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { token, name } = await params;
  return pictureAnswer(await readPreviewPicture(token, name, new Date()));
}
