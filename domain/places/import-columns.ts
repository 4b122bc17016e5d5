/** Which column of a file of addresses is what. */

export const IMPORT_FIELDS = [
  "fullText",
  "stdCode",
  "kind",
  "use",
  "stationCode",
  "communityCode",
  "communityName",
  "beatCode",
  "gridCode",
  "street",
  "doorNo",
  "estateName",
  "buildingNo",
  "entranceNo",
  "floorNo",
  "unitNo",
  "name",
  "alias",
  "validFrom",
  "buildingType",
  "access",
  "hasElevator",
  "accessibleEntrance",
  "lon",
  "lat",
  "crs",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** Which column (from 0) holds which field. */
export type ImportMapping = Partial<Record<ImportField, number>>;

/** Headers as they occur, squeezed (no spaces, no signs, lower case). The first column that fits wins. */
const headers: Record<ImportField, readonly string[]> = {
  fullText: [
    "标准地址",
    "地址",
    "详细地址",
    "地址全称",
    "标准地址全称",
    "地址名称",
    "住址",
    "fulltext",
    "fulladdress",
    "address",
    "dz",
    "bzdz",
    "dzmc",
  ],
  stdCode: [
    "标准地址代码",
    "标准地址编码",
    "地址编码",
    "地址代码",
    "地址id",
    "编号",
    "stdcode",
    "addresscode",
    "addressid",
    "dzbm",
    "bzdzbm",
    "id",
  ],
  kind: ["地址类型", "类型", "类别", "场所类型", "kind", "type", "placekind"],
  use: ["用途", "房屋用途", "使用性质", "use", "usage"],
  stationCode: [
    "派出所代码",
    "派出所编码",
    "派出所",
    "派出所名称",
    "所属派出所",
    "所属派出所代码",
    "stationcode",
    "station",
    "pcsdm",
    "pcsbm",
    "pcsmc",
  ],
  communityCode: [
    "社区代码",
    "社区编码",
    "村居代码",
    "居委会代码",
    "村委会代码",
    "社区村代码",
    "区划代码",
    "统计用区划代码",
    "communitycode",
    "divisioncode",
    "sqdm",
    "sqbm",
    "jwhdm",
    "xzqhdm",
  ],
  communityName: [
    "社区",
    "社区名称",
    "居委会",
    "村委会",
    "村居",
    "社区村",
    "所属社区",
    "community",
    "communityname",
    "sqmc",
    "jwh",
  ],
  beatCode: [
    "警务区代码",
    "警务区编码",
    "警务区编号",
    "警务区",
    "警务区名称",
    "责任区",
    "责任区代码",
    "beatcode",
    "beat",
    "jwqdm",
    "jwqbm",
    "zrqdm",
  ],
  gridCode: [
    "网格代码",
    "网格编码",
    "网格编号",
    "网格",
    "网格名称",
    "gridcode",
    "grid",
    "wgdm",
    "wgbm",
  ],
  street: [
    "街路巷",
    "街路巷名",
    "街路巷名称",
    "道路",
    "路名",
    "街巷",
    "村组",
    "组",
    "村民小组",
    "street",
    "road",
    "streetname",
    "jlx",
    "jlxmc",
  ],
  doorNo: [
    "门牌号",
    "门牌",
    "门牌号码",
    "门楼牌号",
    "门楼牌",
    "号",
    "doorno",
    "doornumber",
    "housenumber",
    "houseno",
    "mph",
    "mlph",
  ],
  estateName: [
    "小区",
    "小区名称",
    "小区名",
    "院落",
    "楼盘",
    "estate",
    "estatename",
    "compound",
    "xqmc",
    "xq",
  ],
  buildingNo: [
    "楼栋",
    "楼栋号",
    "楼栋名称",
    "楼号",
    "幢号",
    "栋号",
    "幢",
    "栋",
    "楼幢",
    "座",
    "building",
    "buildingno",
    "buildingnumber",
    "ldh",
    "ldxx",
  ],
  entranceNo: ["单元", "单元号", "门洞", "entrance", "entranceno", "stairwell", "dyh", "dy"],
  floorNo: ["楼层", "层", "所在楼层", "floor", "floorno", "level", "lc", "szlc"],
  unitNo: [
    "户室",
    "户室号",
    "室",
    "室号",
    "房号",
    "房间号",
    "门号",
    "户号",
    "unit",
    "unitno",
    "room",
    "roomno",
    "apartment",
    "hsh",
    "sh",
    "fjh",
  ],
  name: [
    "店名",
    "招牌",
    "门店名称",
    "商铺名称",
    "单位名称",
    "企业名称",
    "场所名称",
    "shopname",
    "organisationname",
    "organizationname",
    "placename",
    "dwmc",
    "csmc",
  ],
  alias: [
    "别名",
    "曾用名",
    "俗称",
    "原地址",
    "旧地址",
    "原门牌",
    "alias",
    "oldname",
    "oldaddress",
    "bm",
  ],
  validFrom: ["生效日期", "启用日期", "起用日期", "validfrom", "sxrq", "qyrq"],
  buildingType: ["建筑类型", "楼栋类型", "房屋类型", "buildingtype", "jzlx"],
  access: ["门禁", "门禁类型", "access", "mj"],
  hasElevator: ["电梯", "有无电梯", "是否有电梯", "elevator", "haselevator", "lift", "dt"],
  accessibleEntrance: [
    "无障碍",
    "无障碍入口",
    "无障碍出入口",
    "accessible",
    "accessibleentrance",
    "stepfree",
  ],
  lon: ["经度", "lon", "lng", "longitude", "jd", "x"],
  lat: ["纬度", "lat", "latitude", "wd", "y"],
  crs: ["坐标系", "crs", "zbx"],
};

function squeeze(header: string): string {
  return header
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[(（].*?[)）]/gu, "")
    .replaceAll(/[^\p{L}\p{N}]/gu, "");
}

/** What a header says by itself; whoever imports may correct it. */
export function guessMapping(header: readonly string[]): ImportMapping {
  const squeezed = header.map(squeeze);
  const mapping: ImportMapping = {};
  const taken = new Set<number>();
  for (const field of IMPORT_FIELDS) {
    for (const word of headers[field]) {
      const index = squeezed.indexOf(word);
      if (index < 0 || taken.has(index)) continue;
      mapping[field] = index;
      taken.add(index);
      break;
    }
  }
  return mapping;
}

/** The file's own name of a column, so that whoever mends it finds it. */
export function columnOf(
  file: { readonly header: readonly string[]; readonly mapping: Readonly<Record<string, number>> },
  field: string,
): string | undefined {
  const index = file.mapping[field];
  return index === undefined ? undefined : file.header[index];
}
