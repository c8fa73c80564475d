import { dingtalk } from "./dingtalk.ts";
import { feishu } from "./feishu.ts";
import type { Robot } from "./robot.ts";
import { slack } from "./slack.ts";
import { wecom } from "./wecom.ts";

export const ROBOTS = { wecom, dingtalk, feishu, slack } as const satisfies Record<string, Robot>;
