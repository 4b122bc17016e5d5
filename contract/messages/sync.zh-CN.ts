export const sync = {
  refusals: {
    "device-unknown": "这部手机没有在您名下登记。请在手机上重新登录。",
    "device-revoked": "这部手机已被停用，不能再收发数据。如是误停，请联系管理员重新登记。",
    "protocol-unsupported": "应用版本太旧，服务器不再支持。请更新后再同步，未上传的记录不会丢。",
    "not-your-beat": "这不是您的辖区，不能下载它的数据。",
    "not-your-work": "文件里是别人的走访记录，请由本人登录后导入。",
    "content-differs": "服务器上已有同一编号、但内容不同的记录。请核对后另存为新记录。",
    "malformed-command": "记录的格式不对，服务器读不了。请更新应用后修改再提交。",
    replaced: "这条记录已被您改正后的新记录取代。",
    "original-accepted": "原记录其实已经入库，不需要再补交。如需改动，请用“更正”。",
    "not-an-export": "这不是万家导出的未上传记录文件。",
    "wrong-passphrase": "口令不对，或文件已损坏。",
  },
  failures: {
    "unknown-command": "服务器还不认识这类记录，等服务器更新后会自动重传。",
    "server-fault": "服务器处理时出错，记录留在手机上，会自动重传。",
  },
  alarms: {
    lacking: "服务器缺少 {{count}} 条曾经收下的记录，手机已重新上传。",
    lost: "服务器缺少 {{count}} 条曾经收下的记录，手机上也没有原文。请立即联系管理员，回执可作凭证。",
    altered: "服务器上有 {{count}} 条记录与您的回执不一致。请立即联系管理员。",
    "bad-receipt": "服务器的回执验证不通过，记录仍按未上传保留。",
  },
} as const;
