export const zhCN = {
  name: "社区民警走访",
  skip: "跳到正文",
  language: "English",
  larger: "大字",
  usual: "标准字",
  loading: "正在查这个门牌",
  promise: {
    title: "走访是自愿的",
    text: "您可以不参加、不让进门，不用说理由，也不影响办任何事。",
    never: "我们不收费，不索要身份证号、银行卡、密码和验证码，不要求安装软件。",
  },
  call: {
    duty: "打给派出所",
    duty_hint: "24 小时有人值班",
    emergency: "紧急情况拨打 110",
    officer: "打给{{name}}",
    complaint: "对民警有意见",
    complaint_text:
      "不满意、被打扰、有人收钱或冒充民警，都可以打公安督察热线，全国统一，24 小时有人接。",
    complaint_call: "打 12389",
  },
  station: { title: "管您这一片的派出所", address: "地址", website: "官方网站" },
  officers: {
    title: "您的社区民警",
    none: "这里的社区民警正在调整，有事请打派出所的值班电话。",
    check: "民警上门会出示证件。核对姓名后再开门；不放心就打派出所的值班电话。",
  },
  decline: { title: "不希望上门" },
  notice: {
    title: "我们怎样用您的信息",
    withdrawal: "撤回同意",
    shop: "给商铺和单位的话",
    version: "告知文本第 {{version}} 版",
  },
  plate: {
    serial: "这块门牌的编号",
    check:
      "请核对：它和门牌上印的编号一致，网址是 {{host}}。不一致就不要往下看，打派出所的电话告诉我们。",
  },
  unknown: {
    title: "没有这个门牌",
    text: "这个编号不在公安局的登记里。门牌可能是伪造的，也可能已经换掉。",
    misread_title: "编号不对",
    misread_text: "编号应是 30 位字母和数字，可能看错或少输了几位。请对照门牌再输一次。",
    do_title: "请这样做",
    do: {
      nothing: "不要在打开的页面上填写任何信息，不要付钱，不要安装软件。",
      call: "打 110 告诉我们在哪里看到的，我们来查、来换。",
      photo: "不要自己撕下门牌，留着给民警看。",
    },
    again: "重新输入编号",
  },
  failed: {
    title: "现在查不到",
    text: "网络不通，或者服务器忙。请过一会儿再试；着急的话，拨打门牌上印的值班电话。",
    busy: "查得太频繁了，请过一分钟再试。",
    retry: "再试一次",
  },
  home: {
    title: "社区民警走访",
    lead: "民警来敲门，是来听意见、帮忙办事的。",
    verify: "怎样分辨真门牌",
    steps: {
      domain: "扫码后看网址。官方网址是 {{host}}，多一个字母、少一个字母都不是。",
      serial: "页面上的编号和门牌上印的编号一致。",
      never: "官方页面不要您填身份证号、银行卡、密码、验证码，不要您付钱、装软件、扫别的码。",
    },
    enter: "输入门牌上的编号",
    enter_hint: "30 位字母和数字，在二维码下面。大小写、空格都可以。",
    open: "查这个门牌",
    empty: "请输入门牌上的编号。",
  },
  missing: {
    title: "没有这一页",
    text: "网址可能写错了。",
    home: "回到首页",
  },
} as const;
