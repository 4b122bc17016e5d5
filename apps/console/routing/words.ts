import { subjectMessages } from "../shell/messages.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useRoutingWords = subjectMessages("routing", zhCN, en);
