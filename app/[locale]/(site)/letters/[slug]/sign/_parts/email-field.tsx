import { TextField } from "@/app/_components/fields/text-field";

/** The address that the link is sent to. */
export function EmailField(props: { label: string; hint?: string }) {
  return (
    <TextField
      name="email"
      {...props}
      type="email"
      inputMode="email"
      autoComplete="email"
      dir="ltr"
      spellCheck={false}
      width="medium"
    />
  );
}
