'use client'
/** A page behind the sign-in that broke: the frame around it stays. */
export { default } from '@/app/error'
