import { pageWords } from "../shell/language.ts";
import { en } from "./messages.en.ts";
import { zhCN } from "./messages.zh-CN.ts";

export const useReceiptWords = pageWords(zhCN, en);
