import { pictureAnswer } from "@/app/_components/letter/picture-answer";
import { readPublicPicture } from "@/lib/letters/pictures/cached";

type Params = { params: Promise<{ name: string }> };

/** A picture that a public letter shows. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  return pictureAnswer(await readPublicPicture((await params).name));
}
