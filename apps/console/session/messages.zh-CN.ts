export const zhCN = {
  sign_in: {
    title: "登录工作台",
    login: "账号",
    password: "密码",
    submit: "登录",
    missing_login: "请填写账号。",
    missing_password: "请填写密码。",
    promise: "只登记地址和群众愿意说的话。每一次查看电话都会留下记录。",
    demo: "这是演示城市，没有真人。演示账号见启动服务的窗口。",
  },
  ended: {
    idle: "30 分钟没有操作，已自动退出。请重新登录。",
    expired: "登录已失效，请重新登录。",
    signed_out: "已退出登录。",
  },
  idle: {
    title: "还在吗",
    text: "{{seconds}} 秒后将自动退出。没有保存的内容会丢失。",
    stay: "继续工作",
  },
} as const;
