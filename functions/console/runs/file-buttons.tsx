import { DownloadOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import type { AnsweredFile, ApiClient } from "../api/client.ts";
import { useCaller } from "../api/hooks.ts";
import { useLanguage } from "../i18n/language.ts";
import { ProblemView } from "../parts/problem-view.tsx";
import { saveFile } from "../parts/save-file.ts";

const FORMATS = ["csv", "xlsx"] as const;

type Format = (typeof FORMATS)[number];

interface Query {
  readonly format: Format;
  readonly lang: "en" | "zh";
}

/** Which listing: of a run, or of a campaign. */
type Props =
  | { readonly operation: "listLines"; readonly campaign: string; readonly runId: string }
  | {
      readonly operation: "listPayouts" | "listPostings";
      readonly campaign: string;
      readonly run?: string | undefined;
    };

function fetchFile(api: ApiClient, of: Props, query: Query, cursor: string | undefined): Promise<AnsweredFile> {
  const { campaign } = of;
  return of.operation === "listLines"
    ? api.file(of.operation, { params: { campaign, runId: of.runId }, query, cursor })
    : api.file(of.operation, {
        params: { campaign },
        query: { ...query, ...(of.run === undefined ? {} : { run: of.run }) },
        cursor,
      });
}

/** A whole listing as files, made by the server: of very many rows one after the other. */
export function FileButtons(listing: Props) {
  const { t, language } = useLanguage();
  const { api } = useCaller();
  const fetch = useMutation({
    mutationFn: async (format: Format) => {
      let cursor: string | undefined;
      for (let part = 1; ; part += 1) {
        const file = await fetchFile(api, listing, { format, lang: language }, cursor);
        saveFile(part === 1 ? file.name : file.name.replace(/(\.\w+)$/, `-${part}$1`), file.content);
        cursor = file.nextCursor;
        if (cursor === undefined) return;
      }
    },
  });
  return (
    <div className="row">
      {FORMATS.map((format) => (
        <Button
          key={format}
          icon={<DownloadOutlined />}
          loading={fetch.isPending && fetch.variables === format}
          onClick={() => fetch.mutate(format)}
        >
          {t(`runs.file.${format}`)}
        </Button>
      ))}
      {fetch.error && <ProblemView error={fetch.error} />}
    </div>
  );
}
