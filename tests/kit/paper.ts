import fs from 'node:fs'
import path from 'node:path'
import { heading, paragraph } from '../../server/documents/layout.ts'
import { renderPdf } from '../../server/documents/pdf.ts'

/** A real PDF of Chinese text, as a bidder would attach. @returns where it is */
export async function paper(folder: string, name: string, title: string): Promise<string> {
  const lines = Array.from({ length: 48 }, (_, i) =>
    paragraph(`${i + 1}. ${title}：演示数据，逐条响应招标文件的要求，没有负偏离。`),
  )
  const bytes = await renderPdf({
    definition: {
      pageSize: 'A4',
      defaultStyle: { font: 'NotoSansSC', fontSize: 11, lineHeight: 1.3 },
      content: [heading(title), ...lines],
    },
    footerText: title,
  })
  const file = path.join(folder, name)
  fs.writeFileSync(file, bytes)
  return file
}
