import { Text } from "@react-email/text";
import { createElement, type ReactNode } from "react";
import { STYLES } from "@/emails/styles";

const BREAK = <br />;

/** A moderator's reason, in the moderator's words and lines. */
export function Reason({ children }: { children: string }) {
  const lines = children.trim().split(/\r?\n/);
  const broken = lines.flatMap((line): ReactNode[] => [BREAK, line]).slice(1);
  return (
    <Text className="ink" style={STYLES.reason}>
      {createElement("bdi", null, ...broken)}
    </Text>
  );
}
