{{/* What a service's pods have on disk: their image is read-only. */}}
{{- define "rdm.volumes" -}}
- { name: tmp, emptyDir: {} }
{{- if has .name (list "embedding" "retrieval" "sampling") }}
- name: models
  {{- required "Set models.volume to a volume with model directories." .root.Values.models.volume | toYaml | nindent 2 }}
{{- end }}
{{- if eq .name "webhooks" }}
- name: keys
  persistentVolumeClaim:
    {{- $made := include "rdm.name" (dict "root" .root "name" "webhook-keys") }}
    claimName: {{ .root.Values.webhookKeys.existingClaim | default $made }}
{{- end }}
{{- if (get .root.Values.services .name).gpus }}
- { name: shared-memory, emptyDir: { medium: Memory, sizeLimit: {{ .root.Values.gpu.sharedMemory }} } }
{{- end }}
{{- end }}

{{- define "rdm.mounts" -}}
- { name: tmp, mountPath: /tmp }
{{- if has .name (list "embedding" "retrieval" "sampling") }}
- { name: models, mountPath: /models, readOnly: true }
{{- end }}
{{- if eq .name "webhooks" }}
- { name: keys, mountPath: /data }
{{- end }}
{{- if (get .root.Values.services .name).gpus }}
- { name: shared-memory, mountPath: /dev/shm }
{{- end }}
{{- end }}
