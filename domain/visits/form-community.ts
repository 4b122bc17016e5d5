import type { FormDefinition, Question } from "./form-definition.ts";
import { hazards, opinions, option, serviceNeeds, text, WITH_VISIT } from "./form-questions.ts";

function count(number: string, key: string, zh: string, en: string): Question {
  return {
    number,
    key,
    type: "integer",
    min: 0,
    max: 10_000,
    label: text(zh, en),
    why: text("只记人数，不记姓名。", "A number only, no names."),
    personal: "none",
    ...WITH_VISIT,
  };
}

/** Form C, 进村（社区）走访表 (domain.md §3.5): about a community, by place and type, never by person. */
export const communityForm: FormDefinition = {
  code: "form_community",
  version: 1,
  title: text("进村（社区）走访表", "Village and community visit form"),
  opening: text(
    "今天来听取村（社区）对治安和公安工作的意见，一起看看公共场所的隐患。",
    "We have come to hear what the community thinks of safety and police work, and to look at hazards in common places together.",
  ),
  placeKinds: ["organisation", "site"],
  marks: {
    formNo: "WJ-C",
    issuingBody: text("云汀市公安局", "Yunting Public Security Bureau"),
    approvalNo: "",
    expiresOn: "2027-12-31",
  },
  sections: [
    {
      key: "attendance",
      title: text("参加人员（只记人数）", "Present (numbers only)"),
      questions: [
        count("C1a", "secretaries", "书记、主任", "Secretaries and heads"),
        count("C1b", "grid_workers", "网格员", "Grid workers"),
        count("C1c", "property_managers", "物业", "Property managers"),
        count("C1d", "owners_committee", "业委会", "Owners' committee"),
        count("C1e", "residents", "群众代表", "Residents"),
      ],
    },
    {
      key: "concerns",
      title: text("关注的问题", "Concerns"),
      questions: [
        {
          ...opinions("C2"),
          key: "top_concerns",
          label: text("最关心的五个问题", "The five greatest concerns"),
        },
        {
          ...hazards("C3"),
          key: "place_hazards",
          label: text("公共场所隐患", "Hazards in common places"),
        },
        {
          number: "C4",
          key: "dispute_types",
          type: "select_multiple",
          label: text(
            "纠纷多发类型（按地点和类型，不涉及个人）",
            "Frequent disputes (by type, not by person)",
          ),
          why: text("便于安排调解力量。", "To plan mediation."),
          options: [
            option("neighbour_noise", "噪声", "Noise"),
            option("neighbour_water_leak", "漏水", "Leaks"),
            option("neighbour_parking", "停车", "Parking"),
            option("property_management", "物业", "Property management"),
            option("rental", "租赁", "Rental"),
            option("labour_wages", "劳资", "Wages"),
            option("land_house", "土地房屋", "Land and houses"),
            option("environment", "环境", "Environment"),
            option("other", "其他", "Other"),
          ],
          personal: "none",
          ...WITH_VISIT,
        },
        serviceNeeds("C5"),
      ],
    },
    {
      key: "prevention",
      title: text("群防群治", "Community prevention"),
      questions: [
        count("C6a", "volunteer_count", "平安志愿者人数", "Safety volunteers"),
        {
          ...count("C6b", "volunteer_hours", "本月巡防小时数", "Patrol hours this month"),
          max: 100_000,
        },
        {
          number: "C7",
          key: "boards_in_order",
          type: "select_one",
          label: text("公示牌、联系卡是否完好", "Officer board and cards in order"),
          why: text("群众要找得到民警。", "Residents must be able to find their officer."),
          options: [option("yes", "完好", "Yes"), option("no", "需更换", "To be replaced")],
          personal: "none",
          ...WITH_VISIT,
        },
        {
          number: "C8",
          key: "next_dialogue_on",
          type: "date",
          label: text("下次恳谈会日期", "Date of the next dialogue"),
          why: text("提前公告。", "To announce it in time."),
          personal: "none",
          ...WITH_VISIT,
        },
        {
          number: "C9",
          key: "commitments",
          type: "text",
          maxLength: 500,
          label: text("作出的承诺", "Promises made"),
          why: text("说到要做到，逐项跟踪。", "Each promise is followed up."),
          personal: "none",
          ...WITH_VISIT,
        },
      ],
    },
  ],
};
