-- CreateIndex
CREATE INDEX "signature_network_hash_submitted_at_idx" ON "signature"("network_hash", "submitted_at");
