// Makes PDFs in a thread of its own: fonts are heavy and layout is slow, and neither may hold up a
// request. Takes {id, definition, footerText}, answers {id, bytes} or {id, error}.
import { createRequire } from 'node:module'
import path from 'node:path'
import { parentPort } from 'node:worker_threads'
import { openSync } from 'fontkit'
import pdfmake from 'pdfmake'

const require = createRequire(import.meta.url)
const fonts = path.dirname(require.resolve('@expo-google-fonts/noto-sans-sc/package.json'))
const weight = (name) => path.join(fonts, name, `NotoSansSC_${name}.ttf`)

pdfmake.setFonts({
  NotoSansSC: { normal: weight('400Regular'), bold: weight('600SemiBold') },
})
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy?.((file) => path.resolve(file).startsWith(fonts))

const font = openSync(weight('400Regular'))

/**
 * The same definition, in which a character without a glyph is a box with its code point: the layout
 * would leave it out, and a name of rare characters would be another's.
 */
function withBoxes(value) {
  if (typeof value === 'string') return value.replace(/[^\x20-\x7e\n]/gu, boxed)
  if (Array.isArray(value)) return value.map(withBoxes)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withBoxes(one)]))
}

function boxed(character) {
  const code = character.codePointAt(0)
  return font.hasGlyphForCodePoint(code) ? character : `□U+${code.toString(16).toUpperCase()}`
}

parentPort.on('message', async ({ id, definition, footerText }) => {
  try {
    const printed = withBoxes(definition)
    printed.footer = (page, pages) => ({
      margin: [48, 16, 48, 0],
      columns: [
        { text: footerText, fontSize: 7, color: '#5a6370' },
        { text: `${page} / ${pages}`, fontSize: 8, alignment: 'right', width: 60 },
      ],
    })
    const bytes = await pdfmake.createPdf(printed).getBuffer()
    parentPort.postMessage({ id, bytes })
  } catch (error) {
    parentPort.postMessage({ id, error: String(error?.message ?? error) })
  }
})
