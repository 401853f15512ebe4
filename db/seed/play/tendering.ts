import { randomBytes } from 'node:crypto'
import type { TenderFile } from '../../../server/tendering/project/document.ts'
import { documentOf } from '../../../server/tendering/project/document.ts'
import type { Cast } from './cast.ts'
import { tenderDocumentText } from './document-text.ts'
import type { DemoInput } from './input.ts'

const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** A new project number of the form that everyone sees: the day and six letters. */
export function newProjectId(day: string): string {
  const tail = [...randomBytes(6)].map((b) => letters[b % letters.length]).join('')
  return `YG-${day.replaceAll('-', '')}-${tail}`
}

export interface Published {
  readonly project: string
  readonly lot: string
  readonly subject: { readonly zh: string; readonly en: string }
  readonly lotSubject: { readonly zh: string; readonly en: string }
  readonly deadline: string
}

/** Creates the project, writes and approves its document, and publishes the notice. */
export async function publish(cast: Cast, input: DemoInput): Promise<Published> {
  const { agency, purchaser } = cast
  const tender = input.tender as TenderFile
  const startAt = tender.startAt ?? '2026-03-02T09:00:00+08:00'
  const project = newProjectId(startAt.slice(0, 10))
  const document = documentOf(tender)
  await agency.post('/api/projects', {
    id: project,
    purchaser: purchaser.identity?.party.id,
    tradingCentre: cast.centre.identity?.party.id,
    mandate: `演示委托代理协议 ${project}`,
    approvalNumber: null,
    startAt,
  })
  const text = Buffer.from(tenderDocumentText(document, project))
  const file = await agency.upload<{ name: string; sha256: string; bytes: number }>(
    'POST',
    `/api/projects/${project}/files`,
    text,
    { 'content-type': 'text/markdown', 'x-file-name': encodeURIComponent('招标文件.md') },
  )
  await agency.put(`/api/projects/${project}/document`, {
    basedOn: 0,
    document,
    files: [{ ...file, mediaType: 'text/markdown' }],
  })
  const { documentSha256 } = await purchaser.get<{ documentSha256: string }>(
    `/api/projects/${project}/draft`,
  )
  const subject = document.title
  await purchaser.act(
    `/api/projects/${project}/approval`,
    'approve-document',
    { subject, documentSha256, waivers: [] },
    { tender: project },
  )
  await agency.act(
    `/api/projects/${project}/notice`,
    'publish-notice',
    { subject, documentSha256, submissionDeadline: null },
    { tender: project },
  )
  const page = await agency.get<{ published: { deadline: string } }>(`/api/projects/${project}`)
  const [lot] = document.lots
  return {
    project,
    lot: `${project}-1`,
    subject,
    lotSubject: {
      zh: `${document.title.zh} ${lot.title.zh}`,
      en: `${document.title.en}, ${lot.title.en}`,
    },
    deadline: page.published.deadline,
  }
}

/** Moves the trade's clock; answers when all that fell due has run. */
export async function moveClockTo(cast: Cast, project: string, to: string): Promise<void> {
  await cast.agency.post(`/api/demo/projects/${project}/clock`, { to })
}

/** Everybody joins; one asks, and the agency answers to all. */
export async function joinAndAsk(cast: Cast, input: DemoInput, p: Published): Promise<void> {
  const bondFen = input.tender.lots[0].bondFen
  for (const [id, bidder] of cast.bidders) {
    await bidder.post(`/api/lots/${p.lot}/participation`, {})
    if (bondFen > 0)
      await bidder.post(`/api/lots/${p.lot}/bond`, {
        id: `bond-${id}`,
        amountFen: bondFen,
        form: 'guarantee',
        reference: `演示保函 ${id}`,
      })
  }
  const [asker] = [...cast.bidders.values()]
  await asker.post(`/api/lots/${p.lot}/questions`, {
    id: 'q-demo-1',
    text: '演示提问：交货地点以招标文件为准，是否正确？',
  })
  await cast.agency.post(`/api/projects/${p.project}/answers`, {
    id: 'q-demo-1',
    text: '正确，以招标文件为准。',
  })
}
