import { execFileSync, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Whether this machine has an OpenSSL that can act as a time-stamping authority. */
export const HAS_OPENSSL = spawnSync("openssl", ["ts", "-help"]).status === 0

const CONFIGURATION = `
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[clock]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[other]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth
[tsa]
default_tsa = here
[here]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
`

/** The object identifier of TSTInfo, as it stands in DER. */
export const TST_INFO = Buffer.from("2a864886f70d0109100104", "hex")

export interface Clock {
  /** PEM of the authority that certifies the signer, and of the signer. */
  root: string
  signer: string
  rootFile: string
  /** The answer (.tsr) to a request, in DER. */
  stamp(request: Uint8Array): Buffer
  /** The same statement of a time, signed by a certificate of the same root that is not for time stamping. */
  signedAsSomethingElse(answer: Buffer): Buffer
  /** What `openssl ts -verify` says of an answer over these bytes. */
  agrees(answer: Uint8Array, about: string): boolean
  end(): void
}

/** A time-stamping authority of invented people: a root and a signer under it. */
export function openClock(options: { key?: "rsa" | "ec" } = {}): Clock {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-clock-"))
  const openssl = (line: string) => execFileSync("openssl", line.split(" "), { cwd: folder, stdio: ["ignore", "pipe", "pipe"] })
  writeFileSync(join(folder, "conf"), CONFIGURATION)
  writeFileSync(join(folder, "serial"), "01\n")
  const newKey = options.key === "ec" ? "ec -pkeyopt ec_paramgen_curve:P-256" : "rsa:2048"
  openssl(
    `req -x509 -newkey ${newKey} -nodes -keyout root.key -out root.pem -days 36500 -subj /CN=Invented-clocks -config conf -extensions root`,
  )
  for (const usage of ["clock", "other"]) {
    openssl(`req -newkey ${newKey} -nodes -keyout ${usage}.key -out ${usage}.csr -subj /CN=Invented-clock-1 -config conf`)
    openssl(`x509 -req -in ${usage}.csr -CA root.pem -CAkey root.key -days 36500 -extfile conf -extensions ${usage} -out ${usage}.pem`)
  }
  return {
    root: readFileSync(join(folder, "root.pem"), "utf8"),
    signer: readFileSync(join(folder, "clock.pem"), "utf8"),
    rootFile: join(folder, "root.pem"),
    stamp: (request) => {
      writeFileSync(join(folder, "request"), request)
      openssl("ts -reply -config conf -section here -queryfile request -signer clock.pem -inkey clock.key -out answer")
      return readFileSync(join(folder, "answer"))
    },
    signedAsSomethingElse: (answer) => {
      const info = answer.subarray(answer.indexOf(TST_INFO) + TST_INFO.length + 4)
      writeFileSync(join(folder, "info"), info.subarray(0, info[1]! + 2))
      openssl(
        "cms -sign -binary -nodetach -cades -econtent_type 1.2.840.113549.1.9.16.1.4 -md sha256 -in info -signer other.pem -inkey other.key -outform DER -out token",
      )
      return readFileSync(join(folder, "token"))
    },
    agrees: (answer, about) => {
      writeFileSync(join(folder, "answer"), answer)
      writeFileSync(join(folder, "about"), about)
      return spawnSync("openssl", "ts -verify -data about -in answer -CAfile root.pem".split(" "), { cwd: folder }).status === 0
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}
