import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/doc.ts'

export default {
  label: 'File: {name}',
  download: 'Download',
  page: 'Page',
  of: '/ {count} pages',
  back: 'Previous',
  forth: 'Next',
  larger: 'Larger',
  fit: 'Fit width',
  find: 'Find',
  findLabel: 'Find in the file',
  finding: 'Looking…',
  found: 'Page {pages}',
  notFound: 'Not found',
  noText: 'This file is pictures; it has no text to find',
  'too-large': 'The file is large and is not opened here. Download it to read it.',
  'not-pdf': 'This file is not a PDF that can be shown. Download it to read it.',
  failed: 'The file could not be read. Choose it again, or download it.',
  pageFailed: 'This page could not be shown. Try another page, or download the file.',
} satisfies Translation<typeof zh>
