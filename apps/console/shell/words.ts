import { en } from "./messages.en.ts";
import { subjectMessages } from "./messages.ts";
import { zhCN } from "./messages.zh-CN.ts";

/** The shell's own texts. Each subject has a `words.ts` like this one. */
export const useShellWords = subjectMessages("shell", zhCN, en);
