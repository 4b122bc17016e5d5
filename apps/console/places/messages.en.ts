import type { SameKeys } from "../shell/messages.ts";
import type { zhCN } from "./messages.zh-CN.ts";

export const en: SameKeys<typeof zhCN> = {
  search_placeholder: "Type an address, such as 翠湖苑3幢502",
  search_nothing: "No such address",
};
