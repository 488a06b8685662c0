// Runs Tailwind over the product's one style sheet.
export default { plugins: { '@tailwindcss/postcss': {} } }
