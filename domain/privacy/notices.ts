/**
 * What residents are told, by version (PIPL 17, 30, 35; to be reviewed by the bureau's legal unit).
 * `{{station}}`, `{{officer}}`, `{{bureau}}`, `{{address}}`, `{{phone}}`, `{{contact}}`, `{{city}}`
 * are filled in by whoever shows it. A change is a new version; old ones stay, because what someone
 * was told on a day stays what he was told.
 */
import type { NoticeVersion } from "./terms.ts";
import type { LocalDate } from "../shared/instant.ts";

export const NOTICE_VERSIONS: readonly NoticeVersion[] = [
  {
    version: "1",
    from: "2026-01-01",
    texts: {
      doorstep: {
        "zh-CN":
          "您好，我是{{station}}社区民警{{officer}}（出示证件）。今天来听听您对治安和公安工作的意见，看看有没有需要帮忙的。您可以不参加、不让进门，也不影响办任何事。要登记的只有住址和您愿意说的内容，留不留电话由您决定。",
        en: "Hello, I am {{officer}}, community officer of {{station}} (shows the warrant card). I have come to hear what you think of public order and of our work, and whether you need help with anything. You need not take part or let us in; nothing you apply for depends on it. We write down only the address and what you wish to say; whether you leave a phone number is up to you.",
      },
      card: {
        "zh-CN":
          "个人信息处理告知\n处理者：{{bureau}}（地址：{{address}}；电话：{{phone}}；个人信息保护负责人：{{contact}}）。\n为什么：联系服务群众、接受监督（《人民警察法》第二十、二十一、四十四条）。\n处理什么：住址、走访时间与结果、您提出的意见和需要办理的事项；您自愿提供的称呼、电话、照片。\n不收集：身份证号、人脸指纹、民族宗教、政治面貌、病史、行踪。\n给谁：仅承办您事项的单位；需要转给其他单位的，先告诉您是哪个单位、转什么。\n存多久：电话在事项办结后30天内删除；走访记录最长24个月；依法须归档的按规定。\n您的权利：查阅、复制、更正、删除、撤回同意、要求解释、拒绝上门：扫码或拨打{{phone}}；不满意可向本局督察（12389）、{{city}}网信办投诉。\n不用于：对个人评分、排名、治安管控。",
        en: "How your information is used\nWho: {{bureau}} (address: {{address}}; phone: {{phone}}; data protection officer: {{contact}}).\nWhy: to keep in touch with residents, to serve them and to be supervised by them (People's Police Law, articles 20, 21 and 44).\nWhat: your address, the time and result of the visit, the opinions you voice and the matters you want dealt with; a form of address, a phone number and photographs, if you choose to give them.\nNot collected: ID card numbers, faces or fingerprints, ethnicity, religion, political affiliation, medical history, movements.\nGiven to whom: only the unit that handles your matter. If another unit is needed, you are first told which one and what it would receive.\nKept how long: a phone number until 30 days after your matter is settled; the record of the visit 24 months at most; records that the law sends to the archives, as it provides.\nYour rights: to see, copy, correct or delete it, to withdraw consent, to have it explained, to decline visits: scan the code or call {{phone}}. If you are not content, complain to the bureau's inspectorate (12389) or to the cyberspace administration of {{city}}.\nNever used: to score or rank persons, or to control them.",
      },
      shop: {
        "zh-CN":
          "本次是服务走访，不是行政检查，不收费、不要求购买任何产品，您可拒绝。行政检查会出示检查通知和执法证。",
        en: "This is a service visit, not an inspection. It costs nothing, you need buy nothing, and you may decline. An inspection would show you its notice and an enforcement certificate.",
      },
      refusal: {
        "zh-CN":
          "谢谢您。这次活动期间我们不再上门，除非您提出。这张卡留给您，有事可以打上面的电话。",
        en: "Thank you. We will not call again during this campaign unless you ask us to. Please keep this card; the number on it is there if you need it.",
      },
      decline: {
        "zh-CN":
          "不希望上门？您不需要说明理由：告诉上门的民警，或拨打{{phone}}。24个月内我们不再上门，您可以随时改变主意。不影响办任何事。",
        en: "Would you rather not be visited? You need give no reason: tell the officer at the door, or call {{phone}}. We will not call for 24 months, and you may change your mind at any time. Nothing you apply for depends on it.",
      },
    },
    consents: {
      callback_phone: {
        "zh-CN": "我同意留下电话，只用于本次事项的回访。",
        en: "I agree to leave a phone number, to be used only to call me back about this matter.",
      },
      indoor_photo: {
        "zh-CN": "我同意拍摄屋内隐患照片，只用于整改。",
        en: "I agree that a photograph of the hazard in my home is taken, only to have it put right.",
      },
      sensitive_referral: {
        "zh-CN":
          "我同意将{{what}}转给{{unit}}，以便得到帮助。必要性：{{need}}。可能的影响：{{effect}}。",
        en: "I agree that {{what}} is passed to {{unit}} so that I can be helped. Why it is needed: {{need}}. What it may lead to: {{effect}}.",
      },
      guardian: {
        "zh-CN": "我是监护人，同意处理不满十四周岁未成年人的上述信息。",
        en: "I am the guardian and agree that the above information about a child under fourteen is processed.",
      },
    },
    withdrawal: {
      "zh-CN":
        "您可以随时扫同一二维码或拨打{{phone}}撤回同意，24小时内生效；撤回之前依法进行的处理不受影响。",
      en: "You can withdraw your consent at any time by scanning the same code or calling {{phone}}. It takes effect within 24 hours; what was lawfully done before stays lawful.",
    },
  },
];

/** Whoever tells it, as the texts name him: in the language of the text. */
export interface NoticeTeller {
  readonly bureau: string;
  readonly contact: string;
  readonly station: string;
  readonly address: string;
  readonly phone: string;
  readonly officer: string;
}

/** What a text says at this station; the city is the bureau's name without what it is. */
export function tellNotice(words: string, teller: NoticeTeller): string {
  const city = teller.bureau.replace(/( Public Security Bureau|公安局)$/, "");
  const facts: Readonly<Record<string, string>> = { ...teller, city };
  return words.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? "");
}

/** The wording in use on a day: the newest version that has begun. */
export function noticeOn(
  day: LocalDate,
  versions: readonly NoticeVersion[] = NOTICE_VERSIONS,
): NoticeVersion | undefined {
  return versions
    .filter((version) => version.from <= day)
    .reduce<NoticeVersion | undefined>(
      (latest, version) => (latest === undefined || version.from > latest.from ? version : latest),
      undefined,
    );
}
