import type { JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { Button } from '../../kit/button.tsx'
import { Hash } from '../../kit/proof.tsx'
import { Notice, RefusalNote } from '../../kit/status.tsx'
import { post } from '../../shell/api.ts'
import { encryptionKeys } from '../../shell/keys.ts'
import { askSealer } from '../../shell/sealer.ts'
import { signAndSend } from '../../shell/signer.ts'
import { subjectOf } from '../subject.ts'
import { useAct } from '../use-act.ts'
import type { LiveBid, OwnBid } from './own-bid.ts'
import type { Statement } from './sign-step.tsx'
import type { Workspace } from './workspace.ts'

/**
 * 换证: lets the certificate in use now open the bid that is open here. Its secret is wrapped once
 * more, by a signed act; nothing is sealed or uploaded anew.
 */
export function Rewrap(props: {
  work: Workspace
  bid: LiveBid
  certificate: NonNullable<OwnBid['rewrapFor']>
  onReceipt: (receipt: Statement) => void
}): JSX.Element {
  const acting = useAct()
  const rewrap = () =>
    acting.run('rewrap', async () => {
      const { document, id } = props.work.trade()
      if (!document) return null
      const lot = props.work.lot().id
      const place = { tender: id, lot, verb: t('bid.rewrap.verb') }
      const { bid, certificate, onReceipt } = props
      const keys = (await encryptionKeys()).flatMap(({ key }) => (key ? [key] : []))
      const { wrap, wrapSha256 } = await askSealer({
        call: 'rewrap',
        certificate: certificate.der,
        keys,
      })
      const own = {
        subject: subjectOf(document, Number(lot.split('-').pop()) - 1),
        bid: bid.act,
        headerHash: bid.headerHash,
        certificateSha256: certificate.sha256,
        wrapSha256,
      }
      const receipt = await signAndSend('rewrap-bid', own, place, (body, key) =>
        post<Statement>(`/api/lots/${lot}/bid-rewraps`, { ...body, with: { wrap } }, { key }),
      )
      if (receipt) onReceipt(receipt)
      return receipt
    })
  return (
    <Notice tone="warn" title={t('bid.rewrap.title')}>
      <p>{t('bid.rewrap.text')}</p>
      <p>
        {t('bid.rewrap.certificate')}{' '}
        <Hash value={props.certificate.sha256} label={t('bid.rewrap.certificate')} />
      </p>
      <RefusalNote text={acting.problem()} />
      <Button kind="primary" pending={acting.busy() !== null} onPress={() => void rewrap()}>
        {t('bid.rewrap.verb')}
      </Button>
    </Notice>
  )
}
