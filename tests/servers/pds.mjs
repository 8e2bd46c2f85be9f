// The reference Bluesky PDS with a did:plc directory in memory, on loopback.
// pds.mjs PACKAGES PORT PLC_PORT FOLDER JWT_SECRET: packages are found from PACKAGES.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const [packages, port, plcPort, folder, jwtSecret] = process.argv.slice(2)
const require = createRequire(path.resolve(packages, 'package.json'))
const { PDS } = require('@atproto/pds')
const plc = require('@did-plc/server')

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(plcPort) })
await directory.start()
const blobs = path.join(folder, 'blobs')
fs.mkdirSync(blobs, { recursive: true })
const pds = await PDS.fromEnv({
  devMode: true,
  hostname: 'localhost',
  port: Number(port),
  didPlcUrl: `http://localhost:${plcPort}`,
  dataDirectory: folder,
  blobstoreDiskLocation: blobs,
  adminPassword: crypto.randomUUID(),
  jwtSecret,
  serviceHandleDomains: ['.test'],
  // Nobody stands there: a PDS alone answers everything that is asked of it here.
  bskyAppViewUrl: 'https://appview.invalid',
  bskyAppViewDid: 'did:example:invalid',
  plcRotationKeyK256PrivateKeyHex: crypto.randomBytes(32).toString('hex'),
  inviteRequired: false,
  disableSsrfProtection: true,
  rateLimitsEnabled: true,
})
await pds.start()
process.on('SIGTERM', async () => {
  await pds.destroy()
  await directory.destroy()
  process.exit(0)
})
