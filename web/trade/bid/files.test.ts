import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { makePdf } from '../../../tests/kit/pdf.ts'
import { fileProblem, isOddType, pagesOf, roleOfName } from './files.ts'

// In the browser the address of a file of this site; here the file itself.
vi.mock('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url', () => {
  const file = createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.min.mjs')
  return { default: pathToFileURL(file).href }
})

const pdf = (...parts: string[]) =>
  new File([`%PDF-1.7\n${parts.join('\n')}\n%%EOF\n`], '投标函.pdf')

test('a file’s name says who is to read it', () => {
  expect(roleOfName('资格证明文件.pdf')).toBe('qualification')
  expect(roleOfName('已标价工程量清单.xlsx')).toBe('price')
  expect(roleOfName('施工组织设计.docx')).toBe('technical')
  expect(roleOfName('类似业绩合同.pdf')).toBe('business')
  expect(roleOfName('投标函及授权委托书.pdf')).toBe('letter')
  expect(roleOfName('照片.png')).toBe('other')
})

test('a type that evaluators may not open is odd, and no problem', async () => {
  expect(isOddType('清单.gbq6')).toBe(true)
  expect(isOddType('清单.PDF')).toBe(false)
  expect(await fileProblem(new File(['x'], '清单.gbq6'))).toBeNull()
})

const named = (bytes: Uint8Array<ArrayBuffer>, name = '投标函.pdf') => new File([bytes], name)

test('a PDF that asks for a password is refused before it is sealed', async () => {
  for (const version of ['1.4', '1.7', '1.7ext3'] as const) {
    const locked = await makePdf({ userPassword: 'secret', ownerPassword: 'owner', version })
    expect(await fileProblem(named(locked)), version).toBe('encrypted')
  }
})

test('one that only limits printing or copying opens for anybody, and is as good as any', async () => {
  for (const version of ['1.4', '1.7', '1.7ext3'] as const) {
    const limited = await makePdf({ ownerPassword: 'owner', version })
    expect(new TextDecoder('latin1').decode(limited)).toContain('/Encrypt')
    expect(await fileProblem(named(limited)), version).toBeNull()
  }
  expect(await fileProblem(named(await makePdf()))).toBeNull()
})

test('a mark alone refuses nothing: what can’t be opened at all is not known to be locked', async () => {
  const stream = '7 0 obj << /Type /XRef /Encrypt 5 0 R >> stream'
  const body = `%PDF-1.7\n${stream}\n${'x'.repeat(600_000)}\nstartxref\n9\n%%EOF\n`
  expect(await fileProblem(new File([body], '技术.pdf'))).toBeNull()
})

test('pages of a PDF are counted, also under a print limit; of what is none they are not', async () => {
  expect(await pagesOf(named(await makePdf({ pages: 3 })))).toBe(3)
  expect(await pagesOf(named(await makePdf({ pages: 2, ownerPassword: 'owner' })))).toBe(2)
  expect(await pagesOf(named(await makePdf({ userPassword: 'secret' })))).toBeNull()
  expect(await pagesOf(new File(['nothing of the kind'], '投标函.pdf'))).toBeNull()
  expect(await pagesOf(new File(['x'], '清单.xlsx'))).toBeNull()
})

test('words of a text about encryption are not an encrypted file', async () => {
  expect(
    await fileProblem(pdf('(/Encrypt)', 'trailer', '<< /Root 1 0 R >>', 'startxref', '9')),
  ).toBeNull()
})

test('an empty file is refused', async () => {
  expect(await fileProblem(new File([], '空.pdf'))).toBe('empty')
})
