import { useI18n } from 'vue-i18n'

/** Names of fields and codes as a person reads them; those that the page does not know stay as they are. */
export function useFieldNames() {
  const { t, te } = useI18n()

  function nameOf(kind: 'fields' | 'codes', name: string): string {
    const key = `imports.${kind}.${name}`
    // The keys come from the server, so no compiler can know them.
    return te(key) ? t(key as 'imports.fields.title') : plain(name)
  }

  return {
    fieldName: (field: string) => nameOf('fields', field),
    codeName: (code: string) => nameOf('codes', code),
  }
}

function plain(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
