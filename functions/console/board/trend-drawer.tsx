import { Drawer } from "antd";
import { lazy, Suspense } from "react";
import type { PlanWords } from "../api/plan-names.ts";
import { useLanguage } from "../i18n/language.ts";
import { Loading } from "../parts/answered.tsx";
import type { Boards, Subject } from "./standings.ts";

const TrendView = lazy(() => import("./trend-view.tsx"));

interface Props {
  readonly boards: Boards;
  readonly words: PlanWords;
  readonly subject: Subject | undefined;
  readonly onClose: () => void;
  /** In full screen only what lies inside is seen. */
  readonly inside: () => HTMLElement;
}

/** How somebody came to where they are, day by day. */
export function TrendDrawer({ boards, words, subject, onClose, inside }: Props) {
  const { t } = useLanguage();
  return (
    <Drawer
      open={subject !== undefined}
      onClose={onClose}
      size="large"
      destroyOnHidden
      getContainer={inside}
      rootStyle={{ position: "fixed" }}
      title={subject && t("board.trend", { name: subject.name })}
      aria-label={subject && t("board.trend", { name: subject.name })}
    >
      {subject && (
        <Suspense fallback={<Loading />}>
          <TrendView boards={boards} words={words} subject={subject} />
        </Suspense>
      )}
    </Drawer>
  );
}
