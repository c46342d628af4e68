import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { input } from "./input.mjs";

const client = new S3Client({
  endpoint: input.address, region: input.region, credentials: input.credentials, forcePathStyle: true, maxAttempts: 1, requestChecksumCalculation: "WHEN_REQUIRED",
});
await client.send(new PutObjectCommand({
  Bucket: input.bucket, Key: input.key, ContentType: input.type, ContentMD5: input.md5, Body: Buffer.from(input.body, "base64"),
}));
