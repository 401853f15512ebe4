// Makes the sample papers beside this file: `node db/seed/papers/make.mjs`. Bidders of the demo
// submit them, so that a committee has pages to read; each page says that it is demo data.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pdfmake from 'pdfmake'

const require = createRequire(import.meta.url)
const fonts = path.dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
pdfmake.setFonts({
  NotoSansSC: {
    normal: path.join(fonts, '400Regular', 'NotoSansSC_400Regular.ttf'),
    bold: path.join(fonts, '400Regular', 'NotoSansSC_400Regular.ttf'),
  },
})
pdfmake.setUrlAccessPolicy(() => false)

const papers = {
  qualification: {
    title: '资格文件',
    parts: [
      ['主体资格', '附营业执照复印件。统一社会信用代码与投标函一致，经营范围含本次采购内容。'],
      ['财务状况', '附上一年度经审计的财务报告，以及近三个月纳税和社会保险缴纳证明。'],
      ['信誉', '未被列入失信被执行人、重大税收违法失信主体和政府采购严重违法失信行为记录名单。'],
      ['人员', '项目负责人具有相应资格，现未在其他项目任职。附资格证书和近六个月社保记录。'],
      ['业绩', '近三年完成同类项目三个，附合同首页、签字页和验收证明。'],
      ['声明', '与其他投标人不存在控股、管理关系，单位负责人不为同一人。'],
    ],
  },
  technical: {
    title: '技术文件',
    parts: [
      ['对项目的理解', '说明服务对象、范围和难点，逐条回应采购需求，无负偏离。'],
      ['总体方案', '按准备、实施、验收三个阶段组织，各阶段有成果、时间和责任人。'],
      ['进度安排', '合同签订后五日内进场。关键节点列表，并说明赶工和顺延的办法。'],
      ['质量保证', '设三级检查。材料和成果逐批留样，不合格的四小时内更换。'],
      ['安全与应急', '设专职安全员。断电、断网、恶劣天气和人员受伤各有预案，每季度演练一次。'],
      ['人员与设备', '项目负责人一名，技术人员六名，常驻两名。设备清单附后，均为自有。'],
      ['环境与文明', '作业时段避开早晚高峰，噪声和扬尘按标准控制，每日清场。'],
      ['服务承诺', '质保期内二十四小时响应，四十八小时到场。每月回访，问题当月办结。'],
      ['培训与移交', '移交全部资料和操作说明，现场培训两次，留一名联系人。'],
      ['类似业绩', '同类项目三个，附合同摘要、验收结论和用户联系方式。'],
    ],
  },
  other: {
    title: '投标文件',
    parts: [
      ['说明', '本文件与投标函、资格文件、技术文件一并阅读，有不一致处以投标函为准。'],
      ['响应情况', '逐条响应采购需求，商务条款无偏离。'],
      ['附件', '附件目录见下页，复印件均与原件一致。'],
    ],
  },
}

for (const [name, { title, parts }] of Object.entries(papers)) {
  const pages = parts.map(([heading, text], at) => [
    { text: `${at + 1}　${heading}`, fontSize: 16, margin: [0, 0, 0, 12] },
    { text, fontSize: 11, lineHeight: 1.6, margin: [0, 0, 0, 12] },
    {
      text: '演示数据：此页只为展示阅读和评审，不是任何单位的真实文件。',
      fontSize: 10,
      color: '#5a6370',
      ...(at < parts.length - 1 ? { pageBreak: 'after' } : {}),
    },
  ])
  const cover = [
    { text: title, fontSize: 28, alignment: 'center', margin: [0, 180, 0, 24] },
    { text: '演示数据 · 样张', fontSize: 14, alignment: 'center', pageBreak: 'after' },
  ]
  const definition = {
    pageSize: 'A4',
    pageMargins: [56, 72, 56, 64],
    defaultStyle: { font: 'NotoSansSC' },
    info: { title: `${title}（演示数据）`, creationDate: new Date('2026-01-01T00:00:00Z') },
    footer: (page, all) => ({
      text: `演示数据　${page} / ${all}`,
      alignment: 'center',
      fontSize: 9,
      margin: [0, 20, 0, 0],
    }),
    content: [...cover, ...pages.flat()],
  }
  const bytes = await pdfmake.createPdf(definition).getBuffer()
  fs.writeFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), `${name}.pdf`), bytes)
}
