export const zhCN = {
  search_placeholder: "输入地址，如 翠湖苑3幢502",
  search_nothing: "没有找到这个地址",
} as const;
