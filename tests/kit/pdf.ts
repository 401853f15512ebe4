import pdfMake from 'pdfmake'

/** Small PDFs as bidders make them, with the passwords that their programs set. */
export interface PdfWish {
  readonly pages?: number
  /** Asked for before it opens. */
  readonly userPassword?: string
  /** Limits printing and copying; it opens without. */
  readonly ownerPassword?: string
  readonly version?: '1.4' | '1.7' | '1.7ext3'
}

export async function makePdf(wish: PdfWish = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { pages = 1, userPassword, ownerPassword, version = '1.4' } = wish
  pdfMake.setFonts({ Helvetica: { normal: 'Helvetica' } })
  pdfMake.setLocalAccessPolicy(() => true)
  pdfMake.setUrlAccessPolicy(() => false)
  const made = pdfMake.createPdf({
    version,
    ...(userPassword === undefined ? {} : { userPassword }),
    ...(ownerPassword === undefined ? {} : { ownerPassword, permissions: { printing: false } }),
    defaultStyle: { font: 'Helvetica' },
    content: Array.from({ length: pages }, (_, i) => ({
      text: `Page ${i + 1}`,
      ...(i > 0 ? { pageBreak: 'before' as const } : {}),
    })),
  } as never)
  return new Uint8Array(await made.getBuffer())
}
