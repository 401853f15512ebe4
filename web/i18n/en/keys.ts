import type { Translation } from '../texts.ts'
import type zh from '../zh-CN/keys.ts'

export default {
  'sign.title': 'Sign',
  'sign.text': 'What you are about to sign',
  'sign.certificate': 'Certificate',
  'sign.issuedBy': 'Issued by {issuer}, valid until {day}',
  'sign.expired': 'Issued by {issuer}, expired on {day}, not usable',
  'sign.keyStays': 'The private key is used on this device only and never sent.',
  'sign.cancel': 'Cancel',
  'sign.verb': 'Sign and submit',
  'sign.again': 'Go back and check',
  'sign.lookUp': 'Ask now',
  'sign.chooseFirst': 'Choose a certificate first',
  'sign.opening': 'Opening the certificate…',
  'sign.signing': 'Signing…',
  'sign.sending': 'Signed; submitting. Please keep this page open.',
  'sign.unknown': 'Sent, no answer yet',
  'sign.unknownHint':
    'It is being asked for under the same key, and nothing is submitted twice. You may close this: the same act goes on asking, without a new signature. Do not reload the page.',
  'sign.later': 'Close, ask later',
  'sign.noKey': 'Open your key file',
  'sign.noKeyHint':
    'File and pass phrase stay on this device; once the page is closed you open it again.',
  'sign.keyFile': 'Key file (.p12, .pfx)',
  'sign.passPhrase': 'Pass phrase of the key file',
  'sign.openKey': 'Open the key file',
  'sign.fileFirst': 'Choose a key file first',
  wrongPassPhrase: 'Wrong pass phrase or damaged file; nothing signed. Check and open it again.',
  unreadable: 'Not a usable key file; nothing signed. Choose another .p12 or .pfx file.',
  failed: 'Not signed; your entry is kept. Open the key again and sign.',
  choose: 'Choose the key file',
  none: 'This file holds no signing certificate. Choose another.',
  notRegistered:
    'The certificate is bound to no organisation; not signed in. Register first, or bind it under “My organisation”.',
  signInFirst: 'Sign in before signing. What you entered is kept on this device.',
  'secret.fileFirst': 'Choose the file first',
  'passkey.nameLabel': 'Give it a name',
  'passkey.nameHint': 'So that you know it again, such as “Office computer”.',
  'passkey.make': 'Add a passkey on this device',
  'passkey.name': '{device} device',
  'passkey.cancelled':
    'The passkey was not completed: cancelled, or it took too long. Nothing changed; try again.',
  'passkey.exists': 'This device already holds a passkey of yours; no second one is needed.',
  'passkey.failed':
    'This device did not complete the passkey. Nothing changed; try again, or another device.',
  'passkey.unsupported':
    'This browser has no passkeys. Use a newer browser, or sign in by certificate.',
  'passkey.insecure':
    'Passkeys need a secure connection. Open the platform by an https or localhost address.',
} satisfies Translation<typeof zh>
