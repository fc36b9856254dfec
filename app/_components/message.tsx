import type { ReactNode } from "react";

type Props = { title: ReactNode; children: ReactNode };

export function Message({ title, children }: Props) {
  return (
    <div className="sheet">
      <div className="page-head row">
        <div className="main message">
          <h1 className="page-title">{title}</h1>
          <div className="prose">{children}</div>
        </div>
      </div>
    </div>
  );
}
