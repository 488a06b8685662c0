// Runs Tailwind over the product's one style sheet.
const config = { plugins: { '@tailwindcss/postcss': {} } }

export default config
