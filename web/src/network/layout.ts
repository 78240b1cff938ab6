export interface LayoutQuestion {
  x: Float32Array
  y: Float32Array
  /** Indices of nodes. */
  from: Int32Array
  to: Int32Array
  weight: Float32Array
  steps: number
}

export interface LayoutAnswer {
  x: Float32Array
  y: Float32Array
  done: boolean
}

/** Steps by size: small pictures settle fully, large ones stay quick. */
export const stepsFor = (nodes: number): number => (nodes < 300 ? 1200 : nodes < 1500 ? 600 : nodes < 5000 ? 300 : 120)

/** Works out positions in a thread of its own. Gives a function that ends it. */
export function layOut(question: LayoutQuestion, onAnswer: (answer: LayoutAnswer) => void): () => void {
  const worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" })
  worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
    onAnswer(data)
    if (data.done) worker.terminate()
  }
  worker.postMessage(question)
  return () => worker.terminate()
}
