/** The bare POST handler that the benchmark compares with: it reads a form and answers. */
export async function POST(request: Request): Promise<Response> {
  const data = await request.formData();
  return Response.json({ redirect: `/${[...data].length}` });
}
