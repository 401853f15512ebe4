// Makes PDFs in a thread of its own: fonts are heavy and layout is slow, and neither may hold up a
// request. Takes {id, definition, footerText}, answers {id, bytes} or {id, error}.
import { createRequire } from 'node:module'
import path from 'node:path'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'

const require = createRequire(import.meta.url)
const fonts = path.dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
const weight = (name) => path.join(fonts, name, `NotoSansSC_${name}.ttf`)

pdfmake.setFonts({
  NotoSansSC: { normal: weight('400Regular'), bold: weight('600SemiBold') },
})
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy?.((file) => path.resolve(file).startsWith(fonts))

parentPort.on('message', async ({ id, definition, footerText }) => {
  try {
    definition.footer = (page, pages) => ({
      margin: [48, 16, 48, 0],
      columns: [
        { text: footerText, fontSize: 7, color: '#5a6370' },
        { text: `${page} / ${pages}`, fontSize: 8, alignment: 'right', width: 60 },
      ],
    })
    const bytes = await pdfmake.createPdf(definition).getBuffer()
    parentPort.postMessage({ id, bytes })
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.message ?? error) })
  }
})
