/** The look of the printable page: one style sheet inside of the page, light and dark on screens, ink on paper. */

export const STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf8;--surface:#fff;--sunken:#f4f2ee;--line:#e5e1da;--strong:#cfc9bf;--ink:#1b1a17;--ink-2:#57534b;--ink-3:#6e6962;--good:#17734f;--bad:#bd2a2a;--wait:#925400;--mark:#2454d6;--old:#7443b8}
@media (prefers-color-scheme:dark){:root{--paper:#0f1012;--surface:#16181b;--sunken:#121316;--line:#272a2f;--strong:#3a3e45;--ink:#eceae5;--ink-2:#b1ada5;--ink-3:#95918a;--good:#4cc38a;--bad:#ff7a70;--wait:#e7a33e;--mark:#86a5ff;--old:#bd9af0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:880px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.2;margin:4px 0 8px;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:18px;margin:40px 0 12px;padding-bottom:6px;border-bottom:1px solid var(--strong)}
h3{font-size:15px;margin:24px 0 8px;overflow-wrap:anywhere}
h4{font-size:13px;margin:12px 0 4px}
h5{font-size:13px;margin:10px 0 2px}
p{margin:6px 0;overflow-wrap:anywhere}
blockquote{margin:4px 0;padding-left:12px;border-left:2px solid var(--strong);color:var(--ink-2)}blockquote p{margin:2px 0}
a{color:var(--mark);overflow-wrap:anywhere}
.eyebrow,.small{font-size:12px;color:var(--ink-3)}
.lead{font-size:16px;color:var(--ink-2);max-width:60ch}
.mono,code{font:12px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.box{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:14px 16px;margin:12px 0}
dl{display:grid;grid-template-columns:minmax(110px,max-content) minmax(0,1fr);gap:4px 16px;margin:8px 0}
dt{color:var(--ink-3)}
dd{margin:0;overflow-wrap:anywhere}
.rail{display:flex;flex-wrap:wrap;gap:6px;list-style:none;padding:0;margin:16px 0}
.rail a{display:flex;align-items:center;gap:6px;border:1px solid var(--line);border-radius:6px;padding:4px 8px;background:var(--surface);color:var(--ink);text-decoration:none;font-size:12px}
.mark{font-weight:600}
.good{color:var(--good)}.bad{color:var(--bad)}.wait{color:var(--wait)}.old{color:var(--old)}.idle{color:var(--ink-3)}
.gate{border-top:1px solid var(--line);padding-top:4px;margin-top:20px}
h2+.gate{border-top:0;margin-top:0}
.rail a .small{margin-left:4px}
.gate h3{display:flex;flex-wrap:wrap;gap:4px 10px;align-items:baseline}
.items{list-style:none;margin:0;padding:0}
.items>li{display:grid;grid-template-columns:22px minmax(0,1fr);gap:2px 6px;padding:6px 0;border-top:1px solid var(--line)}
.items>li:first-child{border-top:0}
.facts{margin:2px 0 0;padding:0;list-style:none;color:var(--ink-2);font-size:13px}
.facts b{font-weight:600;color:var(--ink)}
.signed{background:var(--sunken);border-radius:6px;padding:8px 12px;margin:8px 0}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:12px;margin:8px 0}
figure{margin:0;border:1px solid var(--line);border-radius:6px;padding:8px 10px;background:var(--surface)}
figcaption{font-size:12px;color:var(--ink-2)}
.chart{width:100%;height:auto;display:block;margin-top:4px}
.chart text{font-size:9px;fill:var(--ink-3)}
.chart .axis{stroke:var(--line)}
.chart .line{fill:none;stroke:var(--mark);stroke-width:1.5;stroke-linejoin:round}
.chart .limit{stroke:var(--bad);stroke-dasharray:4 3}
.chart .limit-text{fill:var(--bad)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:12.5px}
th,td{text-align:left;vertical-align:top;padding:5px 10px 5px 0;border-bottom:1px solid var(--line)}
th{color:var(--ink-3);font-weight:500}
td{overflow-wrap:anywhere}
.log td{overflow-wrap:break-word}.log td:nth-child(4){overflow-wrap:anywhere}.log td:first-child,.log td.mono{white-space:nowrap}
.walk td{overflow-wrap:break-word}.walk td:first-child,.walk td:nth-child(3),.when{white-space:nowrap}
figure p{margin:6px 0 0;line-height:1.35}figure code{font-size:11px;color:var(--ink-2)}
footer{margin-top:48px;padding-top:12px;border-top:1px solid var(--line)}
@media (max-width:560px){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}main{padding:20px 16px 48px}.log thead{display:none}.log tr{display:block;padding:6px 0;border-bottom:1px solid var(--line)}.log td{display:block;border:0;padding:0}.walk thead{display:none}.walk tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}.walk td{display:block;border:0;padding:1px 0;white-space:normal!important}}
@media print{:root{color-scheme:light;--paper:#fff;--surface:#fff;--sunken:#f6f5f2;--line:#d9d5cd;--strong:#a8a298;--ink:#000;--ink-2:#333;--ink-3:#555;--good:#0e5c3e;--bad:#9c1c1c;--wait:#7a4600;--mark:#1b43b0;--old:#5c2f9c}
@page{margin:16mm 14mm}
body{font-size:10.5pt}main{max-width:none;padding:0}h2{break-after:avoid}h3,h4{break-after:avoid}.items>li,figure,.signed,tr,.box{break-inside:avoid}.rail a{border-color:#999}a{color:inherit}}
`
