import { Empty } from "antd";
import type { ReactNode } from "react";

/** Nothing is here: says so, and what to do next. */
export function EmptyView({
  title,
  next,
  children,
}: {
  readonly title: string;
  readonly next: string;
  readonly children?: ReactNode;
}) {
  return (
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <strong>{title}</strong>
          <p className="quiet">{next}</p>
        </>
      }
    >
      {children}
    </Empty>
  );
}
