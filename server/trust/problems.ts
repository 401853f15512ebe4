import { DerError } from '../formats/der.ts'

/**
 * Every refusal of certificates, signatures, revocation, time-stamps, key files, agents, codes and
 * seals. A slug is never renamed: reports in old archives hold it. Equal to `vectors/problems.json`
 * (tested).
 */
export const problems = {
  'act-altered': { zh: '签名内容与原文不一致', en: 'The signed content differs from the act' },
  'act-not-canonical': {
    zh: '原文不是规范的 JSON 字节',
    en: 'The act is not in canonical JSON form',
  },
  'act-text-differs': {
    zh: '显示文字与数据不符',
    en: 'The readable text is not what the facts give',
  },
  'act-expired': { zh: '该操作已超过有效时间,请重新签名', en: 'The act has expired; sign again' },
  'act-replayed': { zh: '该签名已经使用过', en: 'This signature has already been used' },
  'act-other-platform': {
    zh: '该签名是为其他平台或项目作出的',
    en: 'The signature was made for another platform or trade',
  },
  'act-other-certificate': {
    zh: '原文写明的证书不是签名证书',
    en: "The act names another certificate than the signer's",
  },
  'signature-bad': { zh: '签名值不正确', en: 'The signature value is wrong' },
  'signature-encoding': {
    zh: '签名值编码不规范',
    en: 'The signature value is not in strict encoding',
  },
  'signature-attributes-missing': {
    zh: '签名缺少必要属性',
    en: 'Required signed attributes are missing',
  },
  'signing-certificate-mismatch': {
    zh: '签名属性所指证书与签名证书不同',
    en: 'The signing-certificate attribute names another certificate',
  },
  'signer-certificate-missing': {
    zh: '签名中没有签名证书',
    en: "The signer's certificate is not in the signature",
  },
  'container-malformed': { zh: '签名数据格式错误', en: 'The signature data is malformed' },
  'container-many-signers': {
    zh: '一份签名只能有一个签名人',
    en: 'A signature must have exactly one signer',
  },
  'certificate-malformed': { zh: '证书格式错误', en: 'The certificate is malformed' },
  'certificate-expired': {
    zh: '证书在签名时已过期',
    en: 'The certificate had expired at the judged moment',
  },
  'certificate-not-yet-valid': {
    zh: '证书在签名时尚未生效',
    en: 'The certificate was not yet valid at the judged moment',
  },
  'certificate-revoked': {
    zh: '证书在签名时已被吊销',
    en: 'The certificate was revoked at the judged moment',
  },
  'certificate-on-hold': { zh: '证书已被冻结', en: 'The certificate is on hold' },
  'certificate-signature-bad': {
    zh: '证书的颁发者签名不正确',
    en: "The issuer's signature on the certificate is wrong",
  },
  'certificate-wrong-usage': {
    zh: '该证书不能用于此用途(加密证书不能签名)',
    en: 'The certificate may not be used for this purpose',
  },
  'certificate-unknown-critical-extension': {
    zh: '证书含有无法识别的关键扩展',
    en: 'The certificate has an unknown critical extension',
  },
  'certificate-policy-not-accepted': {
    zh: '证书策略不在接受范围',
    en: 'The certificate policy is not accepted',
  },
  'name-not-readable': {
    zh: '证书名称的文字编码无法识别',
    en: 'A name in the certificate cannot be read',
  },
  'chain-not-trusted': {
    zh: '证书的颁发机构不在信任列表中',
    en: 'The issuing authority is not in the trust list',
  },
  'chain-not-ca': { zh: '上级证书不是认证机构证书', en: 'An issuer in the chain is not a CA' },
  'chain-too-long': { zh: '证书链超过允许长度', en: 'The chain is longer than allowed' },
  'chain-name-constraint': {
    zh: '证书名称超出上级机构的限定',
    en: "A name is outside the issuer's constraints",
  },
  'chain-too-costly': { zh: '证书链过于复杂,未作核验', en: 'The chain is too complex to check' },
  'service-suspended': {
    zh: '颁发机构当时被暂停',
    en: 'The authority was suspended at that moment',
  },
  'service-withdrawn': {
    zh: '颁发机构当时已被撤出信任列表',
    en: 'The authority had been withdrawn at that moment',
  },
  'trust-list-expired': { zh: '信任列表已过期,请联系平台', en: 'The trust list is out of date' },
  'trust-list-rolled-back': {
    zh: '信任列表比已见过的旧',
    en: 'The trust list is older than one already seen',
  },
  'trust-list-signature-bad': {
    zh: '信任列表签名不正确',
    en: "The trust list's signatures are wrong",
  },
  'algorithm-too-weak': { zh: '算法或密钥长度过弱', en: 'The algorithm or key is too weak' },
  'algorithm-not-accepted': {
    zh: '该机构不接受此算法',
    en: 'This algorithm is not accepted for the authority',
  },
  'key-invalid': { zh: '公钥无效', en: 'The public key is invalid' },
  'revocation-unknown': { zh: '未能核验证书是否被吊销', en: 'Revocation status is unknown' },
  'revocation-stale': { zh: '吊销信息不在有效期', en: 'The revocation information is not current' },
  'revocation-signature-bad': {
    zh: '吊销信息签名不正确',
    en: "The revocation information's signature is wrong",
  },
  'revocation-responder-not-authorised': {
    zh: '吊销应答者未获授权',
    en: 'The responder is not authorised by the CA',
  },
  'revocation-other-certificate': {
    zh: '吊销应答是针对其他证书的',
    en: 'The answer is about another certificate',
  },
  'revocation-nonce-mismatch': {
    zh: '吊销应答与请求不匹配',
    en: 'The answer does not match the request',
  },
  'revocation-rolled-back': {
    zh: '吊销列表比已见过的旧',
    en: 'The CRL is older than one already seen',
  },
  'timestamp-other-content': {
    zh: '时间戳不是对该签名作出的',
    en: 'The time-stamp is over other content',
  },
  'timestamp-signature-bad': { zh: '时间戳签名不正确', en: "The time-stamp's signature is wrong" },
  'timestamp-authority-wrong-usage': {
    zh: '时间戳证书用途不正确',
    en: 'The certificate may not be used for time-stamps',
  },
  'timestamp-authority-not-trusted': {
    zh: '时间戳机构不在信任列表中',
    en: 'The time-stamp authority is not in the trust list',
  },
  'timestamp-clock-differs': {
    zh: '时间戳时间与平台时间相差过大',
    en: "The time-stamp is far from the platform's time",
  },
  'party-code-missing': {
    zh: '证书中没有统一社会信用代码',
    en: 'No unified social credit code in the certificate',
  },
  'party-code-invalid': {
    zh: '统一社会信用代码校验位错误',
    en: 'The unified social credit code is invalid',
  },
  'party-code-conflict': {
    zh: '证书中的代码互相矛盾',
    en: 'The codes in the certificate contradict each other',
  },
  'party-code-unreadable': {
    zh: '证书中的代码无法读取',
    en: 'The code in the certificate cannot be read',
  },
  'party-not-bound': {
    zh: '该证书尚未绑定到主体',
    en: 'The certificate is not bound to a party yet',
  },
  'party-other': { zh: '该证书属于其他主体', en: 'The certificate belongs to another party' },
  'person-required': {
    zh: '该操作须由自然人签名',
    en: "This act needs a natural person's signature",
  },
  'capacity-missing': {
    zh: '签名人无权以该身份操作',
    en: 'The signer may not act in this capacity',
  },
  'pkcs12-wrong-password': {
    zh: '密码错误或文件损坏',
    en: 'Wrong password, or the file is damaged',
  },
  'pkcs12-unsupported': {
    zh: '不支持该证书文件的加密方式',
    en: "The file's encryption is not supported",
  },
  'pkcs12-no-key': { zh: '证书文件中没有私钥', en: 'The file holds no private key' },
  'pkcs12-too-costly': {
    zh: '证书文件的迭代次数过大',
    en: 'The file asks for too many iterations',
  },
  'agent-not-found': { zh: '未找到本机签名程序', en: 'The local signing program was not found' },
  'agent-permission-denied': {
    zh: '浏览器未允许访问本机签名程序',
    en: 'The browser was not allowed to reach the local program',
  },
  'agent-not-paired': {
    zh: '本机签名程序尚未与本站配对',
    en: 'The local program is not paired with this site',
  },
  'agent-declined': { zh: '您在签名程序中取消了签名', en: 'You declined in the signing program' },
  'agent-pin-wrong': { zh: 'PIN 码错误', en: 'Wrong PIN' },
  'agent-pin-locked': { zh: 'PIN 码已锁定,请联系发证机构', en: 'The PIN is locked; ask your CA' },
  'agent-key-removed': { zh: '证书介质已拔出', en: 'The key was unplugged' },
  'qr-expired': { zh: '二维码已过期', en: 'The code has expired' },
  'qr-other-party': { zh: '手机登录的主体不同', en: 'The phone is signed in for another party' },
  'pdf-changed-after-signing': {
    zh: '文件在签名后被改动',
    en: 'The document was changed after signing',
  },
  'pdf-byte-range-bad': {
    zh: '签名未覆盖整个文件',
    en: 'The signature does not cover the whole file',
  },
  'pdf-malformed': { zh: 'PDF 文件损坏', en: 'The PDF is malformed' },
  'pdf-field-missing': {
    zh: '没有为该签名人预留签名域',
    en: 'No signature field was prepared for this signer',
  },
  'seal-maker-not-trusted': {
    zh: '印章制作机构不在信任列表中',
    en: 'The seal maker is not in the trust list',
  },
  'seal-signer-not-listed': {
    zh: '签名证书不在印章的证书列表中',
    en: "The signer is not among the seal's certificates",
  },
  'seal-expired': { zh: '印章不在有效期', en: 'The seal is not valid at this moment' },
  'seal-picture-differs': {
    zh: '显示的印章图像与印章数据不同',
    en: "The picture shown is not the seal's",
  },
} as const

export type ProblemSlug = keyof typeof problems

/**
 * What hostile input throws, and nothing else: a slug of `problems` and, for the log, the detail.
 */
export class TrustError extends Error {
  override name = 'TrustError'
  constructor(
    readonly slug: ProblemSlug,
    readonly detail = '',
  ) {
    super(detail === '' ? slug : `${slug}: ${detail}`)
  }
}

/** Runs a reader; whatever its bytes do wrong becomes this one refusal. */
export function reading<T>(slug: ProblemSlug, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof DerError) throw new TrustError(slug, error.message)
    throw error
  }
}
