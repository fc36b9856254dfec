import type { Metadata } from "next";
import type { ReactNode } from "react";
import "@/app/_styles/admin.css";
import "@/app/_styles/admin-controls.css";
import "@/app/_styles/admin-lists.css";
import "@/app/_styles/admin-todo.css";
import "@/app/_styles/statistics.css";
import "@/app/_styles/admin-bar.css";
import "@/app/_styles/admin-queue.css";
import "@/app/_styles/admin-entry.css";
import "@/app/_styles/admin-bulk.css";
import "@/app/_styles/letters.css";
import "@/app/_styles/letter-editor.css";
import "@/app/_styles/letter-settings.css";
import "@/app/_styles/site-settings.css";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** The moderators' pages share their style; each asks for its administrator itself. */
export default function Layout({ children }: { children: ReactNode }) {
  return children;
}
