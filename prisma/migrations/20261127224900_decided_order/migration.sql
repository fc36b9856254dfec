-- CreateIndex
CREATE INDEX "signature_state_decided_at_id_idx" ON "signature"("state", "decided_at", "id");
